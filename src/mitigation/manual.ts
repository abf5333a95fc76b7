import type { Finding } from '../model/finding.ts';
import type { Repair } from '../model/repair.ts';
import { causeOf, NOTHING_YET } from './nothing-yet.ts';
import type { Plan } from './plan.ts';

/** What a person must do about a cause, in order, with this cluster's names; `remedy` is what its rule says in general. */
export function manualRepair({ finding, why, lastResort }: Extract<Plan, { kind: 'manual' }>, remedy: string): Repair {
  const onRequest = lastResort.map((action) => `Or, if you must: kubectl virtop mitigate ${action}`);
  const manual = [...commandsOf(finding), remedy, ...onRequest, 'kubectl virtop status'];
  return { ...NOTHING_YET, cause: causeOf(finding), outcome: 'manual', reason: why, manual };
}

function commandsOf({ mitigation }: Finding): string[] {
  return mitigation ? mitigation.command.split('\n').filter((text) => text.trim() !== '') : [];
}
