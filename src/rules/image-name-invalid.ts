import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/container/image-pull.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-name-invalid',
  rung: 'container-start',
  order: 30,
  onAnyNode: true,
  severity: 'critical',
  meaning: 'The name of the image is none that a registry could have: capitals, spaces or a URL, for example.',
  impact: 'Pods of this revision never start, and nothing is tried again until the name changes.',
  evidence:
    "Certain: the container waits with InvalidImageName, which the kubelet itself decides. Likely: only the runtime's words say so.",
  remedy: 'Undo the roll-out, or set a valid image name; re-applying the manifest is surest.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl -n NAMESPACE set image deployment/virt-operator CONTAINER=IMAGE',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['image-inspect-error', 'image-not-found'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-name-invalid', {
      title: ({ image }) => `${image} is not a valid image name`,
    });
  },
});
