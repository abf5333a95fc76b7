import type { KubernetesEvent, Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { pullObservations, registryOf, secretWords } from '../objects/container/image-pull.ts';
import { inNamespace } from '../objects/container/pod-failure.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'pull-secret-missing',
  rung: 'container-start',
  order: 42,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    'The registry refuses the image, and the kubelet could not read the pull secret that the pod names: it asked without credentials.',
  impact: 'No operator pod starts on a node that does not hold the image already.',
  evidence:
    'Likely: the registry refuses the pull as in image-unauthorized, and the event FailedToRetrieveImagePullSecret names secrets that the kubelet could not read. Secrets themselves are never read.',
  remedy:
    "Make the secret again in the operator's namespace (type kubernetes.io/dockerconfigjson), under the name that the pod asks for.",
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE get secret SECRET',
    'kubectl -n NAMESPACE create secret docker-registry SECRET --docker-server=REGISTRY --docker-username=USER --docker-password=PASSWORD',
  ],
  related: ['config-missing-ref', 'image-unauthorized', 'volume-mount-failed'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'pull-secret-missing', {
      title: ({ pod, image }) =>
        `image ${image} needs a pull secret, and ${secretNames(pod, seen.events).join(', ')} cannot be read`,
      evidence: ({ pod }) => secretWords(pod, seen.events),
      mitigation: ({ pod, image }) => ({
        action: 'restore-pull-secret',
        automatic: false,
        command: inNamespace(
          pod,
          shell`create secret docker-registry ${secretNames(pod, seen.events)[0]} --docker-server=${registryOf(image)} --docker-username=USER --docker-password=PASSWORD`,
        ),
      }),
    });
  },
});

/** The secrets that the kubelet names, at least one. Anybody may write an event: only what can be a name goes into a command. */
function secretNames(pod: Pod, events: readonly KubernetesEvent[] | null | undefined): string[] {
  const said = secretWords(pod, events)[0]?.text ?? '';
  const names = /pull secrets \(([a-z0-9., -]+)\)/.exec(said)?.[1]?.split(/[, ]+/) ?? [];
  return names.length > 0 ? names : ['SECRET'];
}
