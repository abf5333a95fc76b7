import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/container/image-pull.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-unauthorized',
  rung: 'container-start',
  order: 41,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    'The registry refuses to hand out the image: credentials are missing or wrong, or the repository does not exist and the registry does not say so.',
  impact: 'Pods of this revision never start. Older pods, where some are left, go on.',
  evidence:
    "Likely: the registry's words, as the kubelet hands them on, refuse the pull (401, 403, access denied), and no event says that a pull secret could not be read.",
  remedy:
    'Give the pods a pull secret that the registry accepts (imagePullSecrets of the Deployment or its ServiceAccount), or correct the image name.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl -n NAMESPACE set image deployment/virt-operator CONTAINER=IMAGE',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['image-not-found', 'image-pull-failed', 'image-rate-limited', 'pull-secret-missing'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-unauthorized', {
      title: ({ image }) => `the registry refuses image ${image}: not authorized, or no such repository`,
    });
  },
});
