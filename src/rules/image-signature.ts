import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/container/image-pull.ts';
import { lookAtNodes, nodesOf } from '../objects/container/pod-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-signature',
  rung: 'container-start',
  order: 32,
  severity: 'critical',
  meaning: "The node's container runtime demands a signature that this image does not have.",
  impact: 'No operator pod starts on nodes with that policy.',
  evidence: "Certain: the container waits with SignatureValidationFailed. Likely: only the runtime's words say so.",
  remedy:
    "Use a signed image, or add the registry and its key to the nodes' policy (/etc/containers/policy.json; on OpenShift ClusterImagePolicy).",
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl describe node NODE'],
  related: ['imagepolicy-denied', 'webhook-denied'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-signature', {
      title: ({ image }, all) => `the signature policy of ${nodesOf(all)} refuses image ${image}`,
      mitigation: (_, all) =>
        lookAtNodes('admit-signature', all, (nodes) => [
          `Use a signed image; or on ${nodes} add the registry and its key to the policy (/etc/containers/policy.json; on OpenShift ClusterImagePolicy).`,
        ]),
    });
  },
});
