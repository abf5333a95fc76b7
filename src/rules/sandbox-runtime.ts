import { defineRule } from '../model/rule.ts';
import { lookAtNodes, nodesOf, podObservations } from '../objects/container/pod-failure.ts';
import { setupFailures } from '../objects/container/pod-setup.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'sandbox-runtime',
  rung: 'container-start',
  order: 13,
  severity: 'critical',
  meaning:
    "The container runtime of the pod's node cannot make the pod's sandbox: its processes, cgroups or directories.",
  impact: 'The operator does not start on that node; other new pods there are likely to fail in the same way.',
  evidence:
    'Likely: no container of the pod was begun, it has no sandbox, and the last thing that was told about it is an event FailedCreatePodSandBox (or the like) that speaks neither of its network nor of the pause image.',
  remedy:
    "Look at the runtime's and the kubelet's log on the node; restart the runtime where it hangs. Where the text speaks of a runtime that is not configured, correct the pod's RuntimeClass.",
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl describe node NODE'],
  related: [
    'runtimeclass-missing',
    'node-runtime-or-cni-notready',
    'create-container-error',
    'image-inspect-error',
    'sandbox-cni-failed',
    'sandbox-pause-image',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = setupFailures(operatorOf(seen).unready, seen.events, 'sandbox-runtime');
    return podObservations(failures, () => ({
      title: `the container runtime of ${nodesOf(failures)} cannot make the pod's sandbox`,
      confidence: 'likely',
      mitigation: lookAtNodes('repair-runtime', failures, (nodes) => [
        `On ${nodes}, read the logs of the kubelet and the container runtime and restart what hangs: journalctl -u kubelet -u containerd (or crio); systemctl restart containerd (or crio)`,
        'Where the words speak of a runtime that is not configured, correct the RuntimeClass of the Deployment.',
      ]),
    }));
  },
});
