import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { controllerOf, nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { holdsLease, leaderState } from '../objects/operator/leader.ts';
import { heldEvidence } from '../objects/operator/lease.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { isActive } from '../objects/pod/pod.ts';

export default defineRule({
  code: 'label-drift',
  rung: 'deployment',
  order: 6,
  severity: 'warning',
  meaning:
    'A pod of virt-operator belongs to no controller: somebody changed its labels, so its ReplicaSet let it go, deleted its owner alone, or started it by hand.',
  impact:
    'Nobody replaces that pod when it is lost, and no roll-out reaches it. Meanwhile it may lead, and alerts count it.',
  evidence:
    'Certain: a pod that has not ended is labelled kubevirt.io=virt-operator, or holds its lease, and none of its ownerReferences is a controller. The cause where it leads although the Deployment has Ready pods; else told beside the cause.',
  remedy: 'Once the ReplicaSet has its own pods, delete the orphan.',
  commands: [
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator --show-labels',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['no-leader'],
  needs: ['deployment', 'pods'],
  wants: ['operatorLease', 'leaseHolderPod'],
  evaluate({ deployment, pods, operatorLease, leaseHolderPod, readAt }) {
    const unlabelled = leaseHolderPod ? [leaseHolderPod] : [];
    const orphans = [...list(pods), ...unlabelled].filter((pod) => isActive(pod) && !controllerOf(pod));
    const [first] = orphans;
    if (!deployment || !first) return [];
    const names = orphans.map(nameOf).join(', ');
    const namespace = first.metadata?.namespace ?? '';
    const lease = leaderState(operatorLease, pods ?? undefined, readAt);
    const leads = lease.alive && orphans.some((pod) => holdsLease(pod, lease.holder));
    return [
      {
        title: `no ReplicaSet owns ${orphans.length === 1 ? 'pod' : 'pods'} ${names} of virt-operator`,
        object: reference('Pod', first),
        since: null,
        confidence: 'certain',
        evidence: [
          ...orphans.map((pod) => ({
            text: unlabelled.includes(pod) ? 'no controller, and no label kubevirt.io=virt-operator' : 'no controller',
            source: `pod/${nameOf(pod)} metadata.ownerReferences`,
          })),
          ...(leads ? [heldEvidence(lease, namespace)] : []),
        ],
        explains: leads && operatorOf({ deployment, pods }).ready.length > 0 ? ['leader'] : [],
        mitigation: {
          action: 'delete-orphan',
          automatic: false,
          command: shell`kubectl -n ${namespace} delete pod ${orphans.map(nameOf)}`,
        },
      },
    ];
  },
});
