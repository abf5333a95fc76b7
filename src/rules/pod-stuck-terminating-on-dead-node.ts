import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { overdue } from '../objects/meta/terminating.ts';

export default defineRule({
  code: 'pod-stuck-terminating-on-dead-node',
  rung: 'node',
  severity: 'warning',
  meaning: 'Operator pods are to be deleted, but the kubelet that should end them does not report.',
  impact: 'None by itself: ReplicaSets do not wait for pods that are being deleted.',
  evidence:
    'Certain: an operator pod should have ended more than 30 seconds ago (its deletionTimestamp includes the grace period), and the Ready condition of its node is Unknown. It is told beside the cause.',
  remedy:
    'Bring the node back. Only when the machine is verifiably off, taint it out-of-service: the pods are then removed. Else two operators may run at once for the 15 seconds of a lease.',
  commands: [
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator -o wide',
    'kubectl taint node NODE node.kubernetes.io/out-of-service=nodeshutdown:NoExecute',
  ],
  related: ['node-kubelet-stopped', 'pod-stuck-terminating-finalizer'],
  needs: ['pods', 'nodes'],
  evaluate(seen) {
    const silent = list(seen.nodes)
      .filter((node) => condition(node.status?.conditions, 'Ready')?.status === 'Unknown')
      .map(nameOf);
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
        explains: [],
        mitigation: {
          action: 'mark-out-of-service',
          automatic: false,
          command: shell`kubectl taint node ${nodes} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`,
        },
      },
    ];
  },
});
