import { defineRule } from '../model/rule.ts';
import { forArchitecture } from '../objects/container/other-architecture.ts';
import { nodesOf, podObservations } from '../objects/container/pod-failure.ts';
import { startFailures } from '../objects/container/start-failure.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'exec-format-error',
  rung: 'container-start',
  order: 62,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    "The node's kernel does not know the program's format: the image holds programs for another processor architecture.",
  impact: 'The operator ends before its first line, again and again.',
  evidence:
    'Likely: the words of the container runtime, or the only line of the log, say "exec format error". The architecture that the node reports is added.',
  remedy:
    'Use an image that is built for this architecture, or keep the pods to nodes of the other one (nodeSelector kubernetes.io/arch).',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl get nodes -L kubernetes.io/arch',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl -n NAMESPACE set image deployment/virt-operator CONTAINER=IMAGE',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['exec-not-found', 'exec-permission-denied', 'image-arch-mismatch'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs', 'nodes'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const failures = startFailures(operator.unready, seen.readAt, seen.events, 'exec-format-error', seen.operatorLogs);
    return podObservations(failures, ({ container, image, pod }) => {
      const node = list(seen.nodes).find((one) => nameOf(one) === pod.spec?.nodeName);
      const text = node?.status?.nodeInfo?.architecture ?? '';
      return {
        title: `image ${image} is built for another architecture than ${nodesOf(failures)}`,
        confidence: 'likely',
        evidence: text ? [{ text, source: `node/${nameOf(node)} status.nodeInfo.architecture` }] : [],
        mitigation: forArchitecture(operator, { pod, container }, text),
      };
    });
  },
});
