import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
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
    'A pod is labelled as virt-operator, and no controller owns it: somebody changed its labels, so its ReplicaSet let it go, deleted its owner alone, or started it by hand.',
  impact:
    'Nobody replaces that pod when it is lost, and no roll-out reaches it. Meanwhile it may lead, and alerts count it.',
  evidence:
    'Certain: a pod that has not ended is labelled kubevirt.io=virt-operator, and none of its ownerReferences is a controller. It is told beside the cause.',
  remedy: 'Once the ReplicaSet has its own pods, delete the orphan.',
  commands: [
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator --show-labels',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['no-leader'],
  needs: ['deployment', 'pods'],
  wants: ['operatorLease'],
  evaluate({ deployment, pods, operatorLease, readAt }) {
    const orphans = list(pods).filter(
      (pod) => isActive(pod) && !list(pod.metadata?.ownerReferences).some((one) => one.controller === true),
    );
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
            text: 'no controller',
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
