import type { Gap } from '../model/finding.ts';
import { RUNGS } from '../model/rung.ts';
import type { Observed } from './evaluate.ts';

export interface Roots {
  /** Most important first; what follows from each is with it. */
  causes: { root: Observed; consequences: Observed[] }[];
  findings: Observed[];
}

/**
 * Walks each gap to the first rung that accounts for it. What explains the same gap on a later rung is a consequence of that root;
 * what stands beside it on its own rung is the next thing to mend, a finding. Observations on one place of the ladder are causes
 * side by side. A mere possibility never beats something surer.
 */
export function findRoots(gaps: readonly Gap[], observed: readonly Observed[]): Roots {
  const sorted = [...observed].sort(compare);
  const rootOf = new Map<Gap, Observed[]>(gaps.map((gap) => [gap, first(sorted.filter((one) => explains(one, gap)))]));
  const roots = sorted.filter((one) => [...rootOf.values()].some((some) => some.includes(one)));
  const rest = sorted.filter((one) => !roots.includes(one));
  const causes = roots.map((root) => ({
    root,
    consequences: rest.filter(
      (one) => follows(one, root) && one.observation.explains.some((gap) => rootOf.get(gap)?.[0] === root),
    ),
  }));
  const folded = new Set(causes.flatMap((cause) => cause.consequences));
  return { causes: byWeight(causes, rootOf), findings: rest.filter((one) => !folded.has(one)) };
}

function first(candidates: readonly Observed[]): Observed[] {
  const sure = candidates.filter((one) => one.observation.confidence !== 'possible');
  const strongest = sure.length > 0 ? sure : candidates;
  const [top] = strongest;
  return top ? strongest.filter((one) => place(one) === place(top)) : [];
}

function follows(one: Observed, root: Observed): boolean {
  return RUNGS.indexOf(one.rule.rung) > RUNGS.indexOf(root.rule.rung);
}

function explains(observed: Observed, gap: Gap): boolean {
  return observed.observation.explains.includes(gap);
}

/** One number for rung and order, so that places compare; what the API server names, and objects confirm, comes first on its rung. */
function place({ rule, observation }: Observed): number {
  const named = observation.told === true && observation.confidence === 'certain';
  const order = named ? -1 : (rule.order ?? 0);
  return RUNGS.indexOf(rule.rung) * 1000 + order;
}

function compare(a: Observed, b: Observed): number {
  return place(a) - place(b) || a.rule.code.localeCompare(b.rule.code, 'en');
}

/** The cause that accounts for most comes first; the ladder decides between equals. */
function byWeight(causes: Roots['causes'], rootOf: ReadonlyMap<Gap, Observed[]>): Roots['causes'] {
  const weight = (root: Observed) => [...rootOf.values()].filter((some) => some.includes(root)).length;
  return causes.toSorted((a, b) => weight(b.root) - weight(a.root));
}
