import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/container/image-pull.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-not-found',
  rung: 'container-start',
  order: 40,
  onAnyNode: true,
  severity: 'critical',
  meaning: 'The registry answers that the image, or this tag of it, does not exist.',
  impact: 'Pods of this revision never start. Older pods, where some are left, go on.',
  evidence:
    "Likely: the registry's words, as the kubelet hands them on, say that the name or the tag is not found. The registry itself is not asked.",
  remedy:
    'Undo the roll-out, or set the image of the installed KubeVirt version: image and environment must name the same version, so re-applying the manifest is surest.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl -n NAMESPACE set image deployment/virt-operator CONTAINER=IMAGE',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: [
    'rollout-broken-and-old-lost',
    'image-arch-mismatch',
    'image-name-invalid',
    'image-never-pull',
    'image-pull-failed',
    'image-unauthorized',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-not-found', {
      title: ({ image }) => `image ${image} does not exist`,
    });
  },
});
