import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/container/image-pull.ts';
import { forArchitecture } from '../objects/container/other-architecture.ts';
import { nodesOf } from '../objects/container/pod-failure.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-arch-mismatch',
  rung: 'container-start',
  order: 34,
  severity: 'critical',
  meaning: "The image exists, but not for the processor architecture of the pod's node.",
  impact: 'The operator starts only on nodes of another architecture, where there are any.',
  evidence:
    "Likely: the runtime's words say that the image holds nothing for the platform of the node. The architecture that the node reports is added.",
  remedy:
    'Use an image that is built for this architecture, or keep the pods to nodes of the other one (nodeSelector kubernetes.io/arch).',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl get nodes -L kubernetes.io/arch',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl -n NAMESPACE set image deployment/virt-operator CONTAINER=IMAGE',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['node-selector-mismatch', 'exec-format-error', 'image-not-found'],
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
      mitigation: ({ pod, container }) =>
        forArchitecture(operator, { pod, container }, nodeOf(pod.spec?.nodeName)?.status?.nodeInfo?.architecture ?? ''),
    });
  },
});
