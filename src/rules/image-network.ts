import { defineRule } from '../model/rule.ts';
import { pullObservations, registryOf } from '../objects/image-pull.ts';
import { operatorOf } from '../objects/operator.ts';
import { lookAtNode, nodesOf } from '../objects/pod-failure.ts';

export default defineRule({
  code: 'image-network',
  rung: 'container-start',
  order: 39,
  severity: 'critical',
  meaning: 'The node gets no answer from the registry, or only an error of a proxy or of the registry itself.',
  impact: 'No operator pod starts on a node that does not hold the image already.',
  remedy:
    "Look at the way from the node to the registry (firewall, proxy settings of the container runtime) and at the registry's own state. The kubelet tries again by itself, every five minutes at most.",
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-network', {
      title: ({ image }, all) => `${nodesOf(all)} cannot reach registry ${registryOf(image)}`,
      mitigation: (first) => lookAtNode('repair-registry-network', first),
    });
  },
});
