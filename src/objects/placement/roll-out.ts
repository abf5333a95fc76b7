import type { Mitigation } from '../../model/finding.ts';
import type { Deployment } from '../../model/kubernetes.ts';
import { isControlledBy, nameOf } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';
import type { Operator } from '../operator/operator.ts';
import type { BlockedPlacement } from './blocked-placement.ts';

/** What a Deployment that does not say so has (Kubernetes 1.36 pkg/apis/apps/v1/defaults.go SetDefaults_Deployment). */
const DEFAULT = '25%';

/**
 * Whether a roll-out ends no old pod before a new one is available. Of shares the surge is rounded up, the rest down, so that this is so for
 * two replicas of which nothing is said (Kubernetes 1.36 pkg/controller/deployment/util/deployment_util.go ResolveFenceposts).
 */
function keepsOldPods({ spec }: Deployment): boolean {
  if (spec?.strategy?.type === 'Recreate') return false;
  const { maxUnavailable, maxSurge } = spec?.strategy?.rollingUpdate ?? {};
  const share = (given: unknown) => {
    const percent = /^(\d+)%$/.exec(String(given ?? DEFAULT))?.[1];
    return percent === undefined ? Number(given) : (Number(percent) / 100) * (spec?.replicas ?? 1);
  };
  return Math.floor(share(maxUnavailable)) === 0 && Math.ceil(share(maxSurge)) > 0;
}

/** Whether the new pods wait for nodes, named here, on each of which an old pod of the Deployment stays until they are there: a roll-out that never goes on. */
export function waitsForOldPods(operator: Operator, blocked: BlockedPlacement, nodes: readonly string[]): boolean {
  const { deployment, current, replicaSets } = operator;
  if (!deployment || !current || nodes.length === 0) return false;
  const older = replicaSets.filter((one) => one !== current);
  const old = operator.pods.filter((pod) => older.some((one) => isControlledBy(pod, one)));
  const isNew = blocked.pods.length > 0 && blocked.pods.every((pod) => isControlledBy(pod, current));
  return isNew && keepsOldPods(deployment) && nodes.every((node) => old.some((pod) => pod.spec?.nodeName === node));
}

/** Lets one old pod end first. */
export function endOldPodFirst(deployment: Deployment | null, otherwise: readonly string[]): Mitigation {
  const patch = '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1}}}}';
  const command = shell`kubectl -n ${deployment?.metadata?.namespace} patch deployment ${nameOf(deployment)} -p ${patch}`;
  return {
    action: 'end-old-pod-first',
    automatic: false,
    command,
    steps: ['Let the roll-out end one old pod before the new one is there:', command, 'Or else:', ...otherwise],
  };
}
