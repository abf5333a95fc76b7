import { defineRule } from '../model/rule.ts';
import { lookAtNodes, nodesOf, podObservations } from '../objects/container/pod-failure.ts';
import { setupFailures } from '../objects/container/pod-setup.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'sandbox-pause-image',
  rung: 'container-start',
  order: 12,
  severity: 'critical',
  meaning:
    "The node cannot get the pause image, which the container runtime needs for every pod. It is named in the runtime's own configuration, and the pod's pull secrets do not apply to it.",
  impact: 'No new pod starts on that node.',
  evidence:
    'Likely: no container of the pod was begun, it has no sandbox, and the last thing that was told about it is the event FailedCreatePodSandBox with words about the pause image.',
  remedy:
    "Give the node a way to that image's registry, or name one that it can reach (containerd: sandbox image; CRI-O: pause_image).",
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl describe node NODE'],
  related: ['image-network', 'sandbox-runtime'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = setupFailures(operatorOf(seen).unready, seen.events, 'sandbox-pause-image');
    return podObservations(failures, (first) => ({
      title: `${nodesOf(failures)} cannot get the pause image${imageIn(first.message)}`,
      confidence: 'likely',
      mitigation: lookAtNodes('repair-sandbox-image', failures, (nodes) => [
        `Give ${nodes} a way to the registry of${imageIn(first.message) || ' the pause image'}, or name an image that they can reach there (containerd: sandbox image; CRI-O: pause_image).`,
      ]),
    }));
  },
});

function imageIn(message: string): string {
  const image = /sandbox image "([^"]+)"/.exec(message)?.[1];
  return image ? ` ${image}` : '';
}
