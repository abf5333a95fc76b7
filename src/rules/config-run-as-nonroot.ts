import { defineRule } from '../model/rule.ts';
import { otherImage } from '../objects/container/other-image.ts';
import { podObservations } from '../objects/container/pod-failure.ts';
import { startFailures } from '../objects/container/start-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'config-run-as-nonroot',
  rung: 'container-start',
  order: 51,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    "The pod demands that its containers do not run as root, and this image does, or names its user in a way that cannot be checked. KubeVirt's own images pass.",
  impact: 'Pods of this revision never start. Older pods, where some are left, go on.',
  evidence:
    "Likely: a container waits before it is made, and the kubelet's words are about runAsNonRoot. The image is not looked into.",
  remedy: "Use KubeVirt's own image, or set runAsUser to a number other than 0.",
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl -n NAMESPACE set image deployment/virt-operator CONTAINER=IMAGE',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['scc-denied', 'config-missing-ref'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const failures = startFailures(operator.unready, seen.readAt, seen.events, 'config-run-as-nonroot');
    return podObservations(failures, ({ pod, container, image }) => ({
      title: `image ${image} would run as root, which container ${container} must not`,
      confidence: 'likely',
      mitigation: otherImage(operator, { pod, container }),
    }));
  },
});
