import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/container/image-pull.ts';
import { lookAtNodes, nodesOf } from '../objects/container/pod-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-inspect-error',
  rung: 'container-start',
  order: 33,
  severity: 'critical',
  meaning: 'The kubelet asked the container runtime whether the node holds the image, and got an error.',
  impact: 'No operator pod starts there; other pods on that node are likely to have the same trouble.',
  evidence:
    "Certain: the container waits with ImageInspectError, which the kubelet itself decides. Likely: only the runtime's words say so, or that it takes no short image names.",
  remedy:
    "Look at the container runtime's log on the node and restart the runtime. Where the text speaks of short names, write the image with its registry.",
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl describe node NODE'],
  related: ['create-container-error', 'image-name-invalid', 'sandbox-runtime'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-inspect-error', {
      title: ({ image }, all) => `the container runtime of ${nodesOf(all)} cannot look up image ${image}`,
      mitigation: (_, all) =>
        lookAtNodes('repair-runtime', all, (nodes) => [
          `On ${nodes}, read the log of the container runtime and restart it: journalctl -u containerd (or crio); systemctl restart containerd (or crio)`,
          'Where its words speak of short names, write the image with its registry in the Deployment.',
        ]),
    });
  },
});
