import type { PodSpec } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { pullObservations, secretWords } from '../objects/image-pull.ts';
import { list } from '../objects/list.ts';
import { operatorOf } from '../objects/operator.ts';
import { inNamespace } from '../objects/pod-failure.ts';

export default defineRule({
  code: 'pull-secret-missing',
  rung: 'container-start',
  order: 42,
  severity: 'critical',
  meaning:
    'The registry refuses the image, and the kubelet could not read the pull secret that the pod names: it asked without credentials.',
  impact: 'No operator pod starts on a node that does not hold the image already.',
  remedy:
    "Make the secret again in the operator's namespace (type kubernetes.io/dockerconfigjson), under the name that the pod asks for.",
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'pull-secret-missing', {
      title: ({ pod, image }) => `pull secret ${secretNames(pod.spec)} cannot be read, and image ${image} needs it`,
      evidence: ({ pod }) => secretWords(pod, seen.events),
      mitigation: ({ pod }) => ({
        action: 'restore-pull-secret',
        automatic: false,
        command: inNamespace(
          pod,
          `create secret docker-registry ${secretNames(pod.spec)} --docker-server=REGISTRY --docker-username=USER --docker-password=PASSWORD`,
        ),
      }),
    });
  },
});

function secretNames(spec: PodSpec | null | undefined): string {
  return (
    list(spec?.imagePullSecrets)
      .flatMap(({ name }) => name ?? [])
      .join(', ') || 'SECRET'
  );
}
