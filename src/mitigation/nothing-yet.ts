import type { Finding } from '../model/finding.ts';
import type { CauseReference, Repair } from '../model/repair.ts';

/** A repair of which nothing is known and nothing was done. */
export const NOTHING_YET: Repair = {
  cause: null,
  action: null,
  steps: [],
  manual: [],
  outcome: 'planned',
  reason: null,
  undo: null,
  seconds: null,
  leader: null,
  waitingFor: null,
  next: null,
};

export function causeOf({ code, title, object }: Finding): CauseReference {
  return { code, title, object };
}
