import type { Candidate, Obstacle } from './placement.ts';

/** The nodes but for those on which more stands in the way than on another one: that one is enough, and what is only in the way of the others mends nothing. */
export function nearest(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((one) => !candidates.some((other) => isNearer(other, one)));
}

/** Whether `one` is out of use for some of the reasons of `other` and for no others. */
function isNearer(one: Candidate, other: Candidate): boolean {
  const [fewer, more] = [sorts(one), sorts(other)];
  return fewer.size < more.size && !fewer.has('unknown') && [...fewer].every((sort) => more.has(sort));
}

function sorts({ obstacles }: Candidate): Set<string> {
  return new Set(obstacles.map((one) => [one.kind, detail(one)].filter(Boolean).join(' ')));
}

function detail(one: Obstacle): string {
  if (one.kind === 'shortage') return one.shortage.resource;
  if ('taint' in one) return JSON.stringify(one.taint);
  return 'condition' in one ? one.condition : '';
}
