import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Repair } from '../model/repair.ts';
import { newestCreateFailure } from '../objects/creation/create-failure.ts';
import { list } from '../objects/meta/list.ts';
import { managerOf } from '../objects/meta/manager.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { contextOf, known } from './context.ts';
import { causeOf, NOTHING_YET } from './nothing-yet.ts';
import { nudgeAfterwards } from './nudge.ts';
import type { Plan } from './plan.ts';

/**
 * What a person must do about a cause, in order: `steps` with this cluster's names, then what makes a ReplicaSet try again that was refused
 * its pods, which it does by itself only after up to 1000 seconds; then what is proved to come `next`, and what the program would do if it must.
 */
export function manualRepair(
  plan: Exclude<Plan, { kind: 'automatic' }>,
  evidence: Evidence,
  steps: readonly string[],
  next: readonly Finding[] = [],
): Repair {
  const { finding, why } = plan;
  const repair: Repair = { ...NOTHING_YET, cause: causeOf(finding), outcome: 'manual', reason: why };
  const owned = ownerWords(evidence, steps);
  if (plan.kind === 'held') return { ...repair, manual: [...heldSteps(evidence, finding, steps), ...owned, LAST] };
  const onRequest = plan.lastResort.flatMap((action) => ['Or, if you must:', `kubectl virtop mitigate ${action}`]);
  return {
    ...repair,
    manual: [...owned, ...steps, ...afterRefusal(evidence, finding), ...next.flatMap(nextSteps), ...onRequest, LAST],
  };
}

function nextSteps({ title, mitigation }: Finding): string[] {
  const { automatic = false, action = '', command = '' } = mitigation ?? {};
  const how = automatic ? [`kubectl virtop mitigate ${action}`] : command.split('\n').filter(Boolean);
  return [`Fix this too, it would stop the pods next: ${title}`, ...how];
}

const LAST = 'kubectl virtop status';

/** What a person changes in the Deployment by hand is undone by whoever deploys it. */
function ownerWords(evidence: Evidence, steps: readonly string[]): string[] {
  const manager = managerOf(known(evidence, 'deployment'));
  const touches = steps.some((step) => /^kubectl -n \S+ (?:patch|edit|set \w+) deployment/.test(step));
  return manager && touches
    ? [`${manager.tool} (${manager.mark}) may undo a change of the Deployment: a lasting one belongs ${manager.where}`]
    : [];
}

/** Causes that are a deletion themselves: what they say goes on with it. */
const DELETIONS = ['deployment-deleting', 'namespace-terminating'];

/** A deletion cannot be taken back, and an operator that starts again goes on with it: that waits for a decision. */
function heldSteps(evidence: Evidence, { code }: Finding, steps: readonly string[]): string[] {
  if (DELETIONS.includes(code)) return [...steps];
  const leaving = list(known(evidence, 'kubevirts')).find((one) => one.metadata?.deletionTimestamp);
  if (!leaving) return ['kubectl virtop describe'];
  const [namespace, name] = [leaving.metadata?.namespace, nameOf(leaving)];
  return [
    shell`kubectl -n ${namespace} get kubevirt ${name} -o yaml`,
    `If KubeVirt ${name} should stay: do not start the operator, for it would go on with the deletion, which cannot be taken back. Save the resource, and plan a new installation.`,
    `If KubeVirt ${name} should go: let the operator finish that, as follows.`,
    ...steps,
  ];
}

/** Where the API server was asked for the missing pods and refused them. */
function afterRefusal(evidence: Evidence, finding: Finding): string[] {
  const context = contextOf(evidence, finding);
  if (!newestCreateFailure(context.operator, known(evidence, 'events'))) return [];
  return nudgeAfterwards(context).map(({ command }) => command);
}
