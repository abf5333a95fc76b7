import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/image-pull.ts';
import { list } from '../objects/list.ts';
import { operatorOf } from '../objects/operator.ts';
import { nodesOf } from '../objects/pod-failure.ts';
import { nameOf } from '../objects/reference.ts';

export default defineRule({
  code: 'image-arch-mismatch',
  rung: 'container-start',
  order: 34,
  severity: 'critical',
  meaning: "The image exists, but not for the processor architecture of the pod's node.",
  impact: 'The operator starts only on nodes of another architecture, where there are any.',
  remedy:
    'Use an image that is built for this architecture, or keep the pods to nodes of the other one (nodeSelector kubernetes.io/arch).',
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'nodes'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const nodeOf = (name: string | null | undefined) => list(seen.nodes).find((node) => nameOf(node) === name);
    return pullObservations(operator, seen.events, 'image-arch-mismatch', {
      title: ({ image }, all) => `image ${image} is not built for the architecture of ${nodesOf(all)}`,
      evidence: ({ pod }) => {
        const node = nodeOf(pod.spec?.nodeName);
        const text = node?.status?.nodeInfo?.architecture ?? '';
        return text ? [{ text, source: `node/${nameOf(node)} status.nodeInfo.architecture` }] : [];
      },
    });
  },
});
