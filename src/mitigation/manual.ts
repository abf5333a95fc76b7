import type { Repair } from '../model/repair.ts';
import { causeOf, NOTHING_YET } from './nothing-yet.ts';
import type { Plan } from './plan.ts';

/** What a person must do about a cause, in order: `steps` with this cluster's names, then what the program would do if it must. */
export function manualRepair(plan: Exclude<Plan, { kind: 'automatic' }>, steps: readonly string[]): Repair {
  const { finding, why } = plan;
  const repair: Repair = { ...NOTHING_YET, cause: causeOf(finding), outcome: 'manual', reason: why };
  if (plan.kind === 'held') return { ...repair, manual: ['kubectl virtop describe'] };
  const onRequest = plan.lastResort.map((action) => `Or, if you must: kubectl virtop mitigate ${action}`);
  return { ...repair, manual: [...steps, ...onRequest, 'kubectl virtop status'] };
}
