import { defineRule } from '../model/rule.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { overdue } from '../objects/meta/terminating.ts';
import { silentNodes } from '../objects/node/node-status.ts';
import { operatorOf, uncreatedGaps } from '../objects/operator/operator.ts';
import { awaitedPods } from '../objects/operator/recreate.ts';

export default defineRule({
  code: 'pod-stuck-terminating-on-dead-node',
  rung: 'node',
  severity: 'warning',
  meaning: 'Operator pods are to be deleted, but the kubelet that should end them does not report.',
  impact:
    'None by itself: ReplicaSets do not wait for pods that are being deleted. A roll-out with strategy Recreate does.',
  evidence:
    'Certain: an operator pod should have ended more than 30 seconds ago (its deletionTimestamp includes the grace period), and the Ready condition of its node is Unknown. It is told beside the cause; it is the cause where a roll-out with strategy Recreate waits for such a pod.',
  remedy:
    'Bring the node back. Only when the machine is verifiably off, taint it out-of-service: the pods are then removed. Else two operators may run at once for the 15 seconds of a lease.',
  commands: [
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator -o wide',
    'kubectl taint node NODE node.kubernetes.io/out-of-service=nodeshutdown:NoExecute',
  ],
  related: ['node-kubelet-stopped', 'pod-stuck-terminating-finalizer'],
  needs: ['pods', 'nodes'],
  wants: ['deployment', 'replicaSets'],
  evaluate(seen) {
    const silent = silentNodes(seen.nodes).map(nameOf);
    const awaited = awaitedPods(seen);
    const stuck = overdue(seen.pods, seen.readAt).filter((pod) => silent.includes(pod.spec?.nodeName ?? ''));
    const [pod] = stuck;
    if (!pod) return [];
    const nodes = [...new Set(stuck.map((one) => one.spec?.nodeName ?? ''))];
    return [
      {
        title: `${stuck.length} operator ${stuck.length === 1 ? 'pod stays' : 'pods stay'} Terminating on ${nodes.join(', ')}, which does not report`,
        object: reference('Pod', pod),
        since: pod.metadata?.deletionTimestamp ?? null,
        confidence: 'certain',
        evidence: stuck.map((one) => ({
          text: `should have ended at ${one.metadata?.deletionTimestamp}; node ${one.spec?.nodeName} is Unknown`,
          source: `pod/${nameOf(one)} metadata.deletionTimestamp`,
        })),
        explains: stuck.some((one) => awaited.includes(one)) ? [...uncreatedGaps(operatorOf(seen)), 'rollout'] : [],
        mitigation: {
          action: 'mark-out-of-service',
          automatic: false,
          command: shell`kubectl taint node ${nodes} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`,
        },
      },
    ];
  },
});
