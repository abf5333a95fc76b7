import type { Evidence } from '../model/evidence.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { scalersToZero } from '../objects/operator/autoscaler.ts';
import { known } from './context.ts';

/** Why nothing may be changed now, whoever says yes: null when nothing stands against it. */
export function abortReason(evidence: Evidence, action: string): string | null {
  const leaving = list(known(evidence, 'kubevirts')).find((one) => one.metadata?.deletionTimestamp);
  if (leaving) {
    return `KubeVirt ${nameOf(leaving)} is being deleted, and an operator that comes back goes on with that: decide first whether it should go`;
  }
  const namespace = known(evidence, 'namespace');
  if (namespace?.metadata?.deletionTimestamp || namespace?.status?.phase === 'Terminating') {
    return `namespace ${nameOf(namespace)} is being deleted: nothing can be created in it any more`;
  }
  const deployment = known(evidence, 'deployment');
  if (deployment?.metadata?.deletionTimestamp) return `Deployment ${nameOf(deployment)} is being deleted`;
  const autoscalers = { autoscalers: known(evidence, 'autoscalers'), scaledObjects: known(evidence, 'scaledObjects') };
  const [scaler] = deployment ? scalersToZero(deployment, autoscalers) : [];
  if (scaler && action === 'scale-up') {
    return `${scaler.kind} ${nameOf(scaler)} sets the replicas of the Deployment and would undo the change: change that first`;
  }
  return null;
}
