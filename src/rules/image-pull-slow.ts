import { defineRule } from '../model/rule.ts';
import { lookAtNodes, nodesOf, podObservations } from '../objects/container/pod-failure.ts';
import { slowPulls } from '../objects/container/slow-pull.ts';
import { list } from '../objects/meta/list.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-pull-slow',
  rung: 'container-start',
  order: 60,
  severity: 'critical',
  meaning:
    'The image of an operator pod has been on its way for minutes: the registry or the network is slow, or other pulls of the node come first. Nothing has failed yet.',
  impact: 'The operator starts on that node once the image is there, or the pull fails and says why.',
  evidence:
    "Likely: no container of the pod was begun, and the last event about it, of at least two minutes ago, is the kubelet's Pulling. Possible where events cannot be read: the pod has had its sandbox for as long, and only a pull comes between.",
  remedy:
    'Look whether the registry is reached from the node at a fair speed. By default a kubelet pulls one image after the other: a large one may hold up the rest. Another node may have the image already.',
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl describe node NODE'],
  related: ['image-network', 'image-pull-failed', 'image-disk-full', 'kubelet-not-acting'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const slow = slowPulls(operatorOf(seen).unready, seen.events, seen.readAt);
    return podObservations(slow, ({ pod, container, since, told }) => ({
      title: `image ${imageOf(pod, container)} is still being pulled on ${nodesOf(slow)}`,
      confidence: told ? 'likely' : 'possible',
      since,
      mitigation: lookAtNodes('look-at-pull', slow, (nodes) => [
        `On ${nodes}, see what is being pulled and how fast: crictl images, and journalctl -u kubelet -u containerd (or crio).`,
        'Mend the way to the registry or wait for the pull; deleting the pod helps only where another node has the image.',
      ]),
    }));
  },
});

function imageOf({ spec }: Parameters<typeof slowPulls>[0][number], container: string): string {
  const all = [...list(spec?.initContainers), ...list(spec?.containers)];
  return all.find(({ name }) => name === container)?.image ?? '';
}
