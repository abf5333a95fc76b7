import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/container/image-pull.ts';
import { lookAt } from '../objects/container/pod-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-pull-failed',
  rung: 'container-start',
  order: 90,
  severity: 'critical',
  meaning: 'The image is not pulled, and the words for it are none that this program knows, or none were left.',
  impact: 'Pods of this revision never start. Older pods, where some are left, go on.',
  evidence:
    'Possible: the container waits for its image, and neither its state nor an event has words that one of the other causes knows.',
  remedy: "Read the words, and the container runtime's log on the node; they name the registry's or the node's answer.",
  commands: ['kubectl -n NAMESPACE describe pod POD'],
  related: ['image-disk-full', 'image-network', 'image-not-found', 'image-unauthorized'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-pull-failed', {
      title: ({ image }) => `image ${image} is not pulled`,
      mitigation: (first) => lookAt('read-events', first),
    });
  },
});
