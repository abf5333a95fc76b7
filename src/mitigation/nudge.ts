import type { Action } from '../model/action.ts';
import type { Deployment, ReplicaSet } from '../model/kubernetes.ts';
import { newestCreateFailure } from '../objects/creation/create-failure.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { type Context, known } from './context.ts';
import { mergePatchAnyVersion } from './requests.ts';
import { rightTo, targetOf } from './target.ts';

/** Its value is the time, and says nothing else. */
export const NUDGE = 'virtop.io/nudge';

/** An annotation on the object, which makes its controller look at it at once instead of after its back-off. */
export function nudge(kind: 'Deployment' | 'ReplicaSet', object: Deployment | ReplicaSet, readAt: string): Action {
  const target = targetOf(kind, object);
  const word = kind.toLowerCase();
  return {
    name: kind === 'Deployment' ? 'nudge-deployment' : 'nudge-replicaset',
    title: `Make the controller of ${kind} ${target.name} try again at once`,
    target,
    before: object,
    request: mergePatchAnyVersion(target, object, { metadata: { annotations: { [NUDGE]: readAt } } }),
    precondition: 'it is still the same object',
    risk: 'none',
    cautions: [],
    rights: [rightTo('patch', target)],
    undo: { possible: false, why: 'it changes nothing that runs, so there is nothing to take back' },
    command: shell`kubectl -n ${target.namespace} annotate ${word} ${target.name} ${NUDGE}=${readAt} --overwrite`,
  };
}

/** The ReplicaSet that owes pods and could not create them, or the present one; it waits up to 1000 seconds between tries (client-go util/workqueue/default_rate_limiters.go). */
export function owingReplicaSet({ operator, evidence, finding }: Context): ReplicaSet | null {
  const named = operator.replicaSets.find(
    (one) => finding.object.kind === 'ReplicaSet' && nameOf(one) === finding.object.name,
  );
  return named ?? newestCreateFailure(operator, known(evidence, 'events'))?.replicaSet ?? operator.current;
}

/** What follows once nothing refuses the missing pods any more: their ReplicaSet tries again; or the Deployment, where it could not even make that. */
export function nudgeAfterwards(context: Context): Action[] {
  const { operator, evidence } = context;
  if (operator.uncreated === 0) return [];
  const replicaSet = owingReplicaSet(context);
  if (replicaSet) return [nudge('ReplicaSet', replicaSet, evidence.readAt)];
  return operator.deployment ? [nudge('Deployment', operator.deployment, evidence.readAt)] : [];
}
