import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/image-pull.ts';
import { operatorOf } from '../objects/operator.ts';

export default defineRule({
  code: 'image-name-invalid',
  rung: 'container-start',
  order: 30,
  severity: 'critical',
  meaning: 'The name of the image is none that a registry could have: capitals, spaces or a URL, for example.',
  impact: 'Pods of this revision never start, and nothing is tried again until the name changes.',
  remedy: 'Undo the roll-out, or set a valid image name; re-applying the manifest is surest.',
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-name-invalid', {
      title: ({ image }) => `${image} is not a valid image name`,
    });
  },
});
