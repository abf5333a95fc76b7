import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { overdue } from '../objects/meta/terminating.ts';

export default defineRule({
  code: 'pod-stuck-terminating-finalizer',
  rung: 'node',
  severity: 'warning',
  meaning: 'Operator pods are to be deleted, but stay until some controller takes its finalizer off them.',
  impact: 'None by itself: ReplicaSets do not wait for pods that are being deleted.',
  evidence:
    'Certain: an operator pod should have ended more than 30 seconds ago (its deletionTimestamp includes the grace period) and has finalizers. It is told beside the cause.',
  remedy: 'Repair the controller that owns the finalizer. Taking it off by hand skips what that controller had to do.',
  commands: [
    'kubectl -n NAMESPACE get pod POD -o yaml',
    'kubectl -n NAMESPACE patch pod POD --type=merge -p \'{"metadata":{"finalizers":null}}\'',
  ],
  related: ['deployment-deleting', 'pod-name-collision', 'pod-stuck-terminating-on-dead-node'],
  needs: ['pods'],
  wants: ['namespace'],
  evaluate(seen) {
    const stuck = overdue(seen.pods, seen.readAt).filter((pod) => list(pod.metadata?.finalizers).length > 0);
    const [pod] = stuck;
    if (!pod) return [];
    const finalizers = [...new Set(stuck.flatMap((one) => list(one.metadata?.finalizers)))].join(', ');
    const namespace = pod.metadata?.namespace ?? '';
    return [
      {
        title: `${stuck.length} operator ${stuck.length === 1 ? 'pod stays' : 'pods stay'} Terminating because of finalizer ${finalizers}`,
        object: reference('Pod', pod),
        since: pod.metadata?.deletionTimestamp ?? null,
        confidence: 'certain',
        evidence: stuck.map((one) => ({
          text: `should have ended at ${one.metadata?.deletionTimestamp}; held by ${list(one.metadata?.finalizers).join(', ')}`,
          source: `pod/${nameOf(one)} metadata.finalizers`,
        })),
        explains: [],
        // Nothing is installed again before the namespace is gone, and it waits for its pods.
        next: !!seen.namespace?.metadata?.deletionTimestamp,
        mitigation: {
          action: 'check-finalizer',
          automatic: false,
          command: shell`kubectl -n ${namespace} get pod ${nameOf(pod)} -o yaml`,
        },
      },
    ];
  },
});
