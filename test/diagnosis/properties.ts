import fc from 'fast-check';
import type { Archive } from '../../src/archive/archive.ts';
import { askArchive } from '../../src/archive/store.ts';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Output } from '../../src/model/line.ts';
import type { OperatorReport } from '../../src/model/report.ts';
import type { Ask } from '../../src/model/request.ts';
import { describeView } from '../../src/report/describe/describe.ts';
import { documents, pages } from '../../src/report/renderers.ts';
import { plain } from '../../src/terminal/color.ts';
import { format } from '../../src/terminal/print.ts';
import { fixtureArchive, fixtureNames } from '../helpers/fixture.ts';
import { type Mutation, mutated } from './mutation.ts';

/** `PROPERTY_RUNS=20 PROPERTY_SEED=7 npm test -- properties` looks twenty times as far, and elsewhere. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 1);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_260_301);

export interface Answered {
  evidence: Evidence;
  report: OperatorReport;
  /** The processor time that the report took: other programs on the machine do not count. */
  milliseconds: number;
}

/** What the whole program, printing aside, makes of saved objects. */
export async function answered(archive: Archive, ask: Ask = askArchive(archive)): Promise<Answered> {
  const evidence = await gather(ask, { cluster: { context: null, server: null, user: null } });
  const start = process.cpuUsage();
  const report = operatorReport(evidence);
  const { user, system } = process.cpuUsage(start);
  return { evidence, report, milliseconds: (user + system) / 1000 };
}

/** Everything that can be printed of it, by name. */
export function printed(view: Pick<Answered, 'evidence' | 'report'>): Record<string, string> {
  const outputs = [
    ...Object.entries(pages).map(([name, page]) => [name, page(view)] as const),
    ...Object.entries(documents).map(([name, render]) => [name, render(view.report, '{..code}{.impact}')] as const),
  ];
  return Object.fromEntries(
    [...outputs, ['describe', describeView(view, null)] as const].map(([name, output]) => [name, textOf(output)]),
  );
}

function textOf(output: Output): string {
  return output.kind === 'document' ? output.text : format(output.lines, { columns: 80, paint: plain, ascii: false });
}

/**
 * Holds a property against recorded clusters that were changed, `runs` of them, always the same ones. A failure names the cluster,
 * what was done to it, and the seed.
 */
export async function holds<T>(
  runs: number,
  about: { mutations: fc.Arbitrary<Mutation[]>; extra: fc.Arbitrary<T> },
  check: (archive: Archive, extra: T) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(
    fc.constantFrom(...fixtureNames()),
    about.mutations,
    about.extra,
    async (name, mutations, extra) => {
      const { archive, said } = mutated(fixtureArchive(name), mutations);
      await check(archive, extra).catch((error: Error) => {
        throw new Error(`${[name, ...said].join('; ')}: ${error.message}`, { cause: error });
      });
    },
  );
  const result = await fc.check(property, { numRuns: Math.ceil(runs * RUNS), seed: SEED });
  if (!result.failed) return;
  const cause = result.errorInstance instanceof Error ? result.errorInstance : new Error('it failed');
  const extra = JSON.stringify(result.counterexample?.[2]);
  throw new Error(`PROPERTY_SEED=${SEED}, case ${result.numRuns}: ${cause.message} (${extra})`, { cause });
}
