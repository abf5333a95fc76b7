import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Repair } from '../model/repair.ts';
import { newestCreateFailure } from '../objects/create-failure.ts';
import { contextOf, known } from './context.ts';
import { causeOf, NOTHING_YET } from './nothing-yet.ts';
import { nudgeAfterwards } from './nudge.ts';
import type { Plan } from './plan.ts';

/**
 * What a person must do about a cause, in order: `steps` with this cluster's names, then what makes a ReplicaSet try again that was refused
 * its pods, which it does by itself only after up to 1000 seconds; then what the program would do if it must.
 */
export function manualRepair(
  plan: Exclude<Plan, { kind: 'automatic' }>,
  evidence: Evidence,
  steps: readonly string[],
): Repair {
  const { finding, why } = plan;
  const repair: Repair = { ...NOTHING_YET, cause: causeOf(finding), outcome: 'manual', reason: why };
  if (plan.kind === 'held') return { ...repair, manual: ['kubectl virtop describe'] };
  const onRequest = plan.lastResort.map((action) => `Or, if you must: kubectl virtop mitigate ${action}`);
  return { ...repair, manual: [...steps, ...afterRefusal(evidence, finding), ...onRequest, 'kubectl virtop status'] };
}

/** Where the API server was asked for the missing pods and refused them. */
function afterRefusal(evidence: Evidence, finding: Finding): string[] {
  const context = contextOf(evidence, finding);
  if (!newestCreateFailure(context.operator, known(evidence, 'events'))) return [];
  return nudgeAfterwards(context).map(({ command }) => command);
}
