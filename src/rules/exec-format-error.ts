import { defineRule } from '../model/rule.ts';
import { forArchitecture } from '../objects/container/other-architecture.ts';
import { lookAtNodes, nodesOf, type PodFailure, podObservations } from '../objects/container/pod-failure.ts';
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
    "The node's kernel does not know the program's format: the image holds programs for another processor architecture, or for newer processors.",
  impact: 'The operator ends before its first line, again and again.',
  evidence:
    'Likely: the words of the container runtime, or the only line of the log, say "exec format error", or that the processor does not support what the image needs (x86-64-v2). The architecture that the node reports is added.',
  remedy:
    'Use an image that is built for this architecture, or keep the pods to nodes of the other one (nodeSelector kubernetes.io/arch).',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl get nodes -L kubernetes.io/arch',
    'kubectl describe node NODE',
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
    return podObservations(failures, ({ container, image, pod, message }) => {
      const node = list(seen.nodes).find((one) => nameOf(one) === pod.spec?.nodeName);
      const text = node?.status?.nodeInfo?.architecture ?? '';
      const level = /CPU does not support (x86-64-v\d)/i.exec(message)?.[1];
      if (level !== undefined) return newerProcessor(failures, image, level);
      return {
        title: `image ${image} is built for another architecture than ${nodesOf(failures)}`,
        confidence: 'likely',
        evidence: text ? [{ text, source: `node/${nameOf(node)} status.nodeInfo.architecture` }] : [],
        mitigation: forArchitecture(operator, { pod, container }, text),
      };
    });
  },
});

/** What an image needs is fixed when it is built (Red Hat Enterprise Linux 9: x86-64-v2), and a virtual machine may offer less than the processor under it. */
function newerProcessor(failures: readonly PodFailure[], image: string, level: string) {
  return {
    title: `image ${image} needs a processor of level ${level}, which ${nodesOf(failures)} does not offer`,
    confidence: 'likely' as const,
    mitigation: lookAtNodes('newer-processor', failures, (nodes) => [
      `Give ${nodes}, where it is a virtual machine, the processor of its host (CPU type "host"); or keep the pods to nodes with newer processors.`,
    ]),
  };
}
