import { defineRule } from '../model/rule.ts';
import { pullObservations, registryOf } from '../objects/container/image-pull.ts';
import { lookAt } from '../objects/container/pod-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-rate-limited',
  rung: 'container-start',
  order: 35,
  severity: 'critical',
  meaning: 'The registry, or a proxy before it, has answered too many pulls and refuses more for a while.',
  impact: 'No operator pod starts on a node that does not hold the image already.',
  evidence: 'Likely: the runtime\'s words about the pull are "too many requests" or 429.',
  remedy:
    'Wait until the limit is over: the kubelet tries again by itself, every five minutes at most. Credentials raise the limit, and a mirror avoids it.',
  commands: ['kubectl -n NAMESPACE describe pod POD'],
  related: ['image-network', 'image-unauthorized'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-rate-limited', {
      title: ({ image }) => `registry ${registryOf(image)} has answered too many pulls and refuses image ${image}`,
      mitigation: (first) => lookAt('wait-or-authenticate', first),
    });
  },
});
