import type { Mitigation } from '../model/finding.ts';
import type { Deployment, ReplicaSet } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { controllerOf, isControlledBy, nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { holdsLease, leaderState } from '../objects/operator/leader.ts';
import { heldEvidence } from '../objects/operator/lease.ts';
import { type Operator, operatorOf, uncreatedGaps } from '../objects/operator/operator.ts';
import { isAdoptable, orphanedReplicaSets } from '../objects/operator/orphan.ts';
import { isActive, isReady } from '../objects/pod/pod.ts';

export default defineRule({
  code: 'orphaned-replicaset',
  rung: 'deployment',
  order: 9,
  severity: 'warning',
  meaning:
    'A ReplicaSet of virt-operator belongs to no Deployment: its Deployment was deleted with --cascade=orphan and came back with another selector, or somebody changed its labels or its owner.',
  impact:
    'Its pods go on, also at an old version, may lead, and hold room and names that the Deployment needs. No roll-out and no scaling reaches them.',
  evidence:
    'Certain: a ReplicaSet that asks for pods is labelled kubevirt.io=virt-operator, and no Deployment controls it. The cause where its pod leads although the Deployment has Ready ones, or where the Deployment has no other ReplicaSet; else told beside the cause.',
  remedy:
    'Where the Deployment has Ready pods of its own, delete the ReplicaSet with its pods. Where it has none, see to these first: the orphan may be all that works.',
  commands: [
    'kubectl -n NAMESPACE get deployments,replicasets,pods -l kubevirt.io=virt-operator -o wide',
    'kubectl -n kube-system get lease kube-controller-manager -o yaml',
    'kubectl -n NAMESPACE delete replicaset REPLICASET',
  ],
  related: ['operator-duplicated', 'label-drift', 'selector-immutable', 'gc-lag', 'controller-manager-down'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['operatorLease'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment, ready, replicaSets } = operator;
    const lease = leaderState(seen.operatorLease, seen.pods ?? undefined, seen.readAt);
    if (!deployment) return [];
    return orphanedReplicaSets(seen).map((orphan) => {
      const pods = list(seen.pods).filter((pod) => isActive(pod) && isControlledBy(pod, orphan));
      const leads = lease.alive && pods.some((pod) => holdsLease(pod, lease.holder));
      const isInstead = replicaSets.length === 0;
      const working = pods.filter(isReady).length;
      return {
        title: `ReplicaSet ${nameOf(orphan)} of virt-operator belongs to no Deployment${isInstead ? `, and Deployment ${nameOf(deployment)} has no other` : consequence(leads, working)}`,
        object: reference('ReplicaSet', orphan),
        since: null,
        confidence: 'certain' as const,
        evidence: [
          { text: ownerText(orphan, deployment), source: `replicaset/${nameOf(orphan)} metadata.ownerReferences` },
          {
            text: `asks for ${orphan.spec?.replicas ?? 1} pods, ${working} are Ready`,
            source: `replicaset/${nameOf(orphan)} spec.replicas`,
          },
          ...(leads ? [heldEvidence(lease, deployment.metadata?.namespace ?? '')] : []),
        ],
        explains: [
          ...(leads && ready.length > 0 ? ['leader'] : []),
          ...(isInstead ? [...uncreatedGaps(operator), 'rollout'] : []),
        ],
        mitigation: mend(orphan, deployment, operator),
      };
    });
  },
});

function consequence(leads: boolean, working: number): string {
  if (leads) return ', and its pod leads';
  return working > 0 ? `, and has ${working} Ready ${working === 1 ? 'pod' : 'pods'}` : '';
}

function ownerText(orphan: ReplicaSet, deployment: Deployment): string {
  const owner = controllerOf(orphan);
  return owner ? `owned by an earlier Deployment ${nameOf(deployment)}, which is gone` : 'no controller';
}

/** Its pods go with it: not while the Deployment has none that would take over. */
function mend(orphan: ReplicaSet, deployment: Deployment, { ready, replicaSets }: Operator): Mitigation {
  const [namespace, name] = [deployment.metadata?.namespace ?? '', nameOf(orphan)];
  if (ready.length > 0) {
    const command = shell`kubectl -n ${namespace} delete replicaset ${name}`;
    return { action: 'delete-orphan', automatic: false, command };
  }
  const look = shell`kubectl -n ${namespace} get deployments,replicasets,pods -l kubevirt.io=virt-operator -o wide`;
  const waits = replicaSets.length === 0 && isAdoptable(orphan, deployment);
  const turn = waits
    ? 'kube-controller-manager takes it over when it works: see why it does not.'
    : `See first why Deployment ${nameOf(deployment)} has no Ready pod. Once it has:`;
  const steps = waits
    ? [look, turn, 'kubectl -n kube-system get lease kube-controller-manager -o yaml']
    : [look, turn, shell`kubectl -n ${namespace} delete replicaset ${name}`];
  return { action: 'delete-orphan', automatic: false, command: look, steps };
}
