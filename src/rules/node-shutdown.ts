import type { Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/list.ts';
import { operatorOf, workloadGaps } from '../objects/operator.ts';
import { nameOf } from '../objects/reference.ts';

/** Kubernetes 1.36 pkg/kubelet/nodeshutdown/nodeshutdown_manager.go; `Shutdown` is what kubelets before 1.22 wrote. */
const MESSAGE = /imminent node shutdown|node is shutting down|Node is in progress of shutting down/i;

export default defineRule({
  code: 'node-shutdown',
  rung: 'node',
  severity: 'warning',
  meaning: "Operator pods were ended by a node's orderly shutdown.",
  impact: 'Their replacements need another node, or this one again; the Failed pods are history.',
  remedy: 'Start the machine again, should it not come back by itself.',
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    if (workloadGaps(operatorOf(seen)).length === 0) return [];
    const ended = list(seen.pods).filter(wasShutDown);
    const [pod] = ended;
    if (!pod) return [];
    const nodes = [...new Set(ended.map((one) => one.spec?.nodeName ?? ''))];
    return [
      {
        title: `${nodes.length === 1 ? 'node' : 'nodes'} ${nodes.join(', ')} shut down and ended virt-operator's pods`,
        object: { kind: 'Node', namespace: null, name: nodes[0] ?? '' },
        since: pod.status?.startTime ?? null,
        confidence: 'certain',
        evidence: ended.map((one) => ({
          text: `${one.status?.reason}: ${one.status?.message}`,
          source: `pod/${nameOf(one)} status`,
        })),
        explains: [],
        mitigation: { action: 'start-node', automatic: false, command: `kubectl get node ${nodes.join(' ')}` },
      },
    ];
  },
});

function wasShutDown({ status }: Pod): boolean {
  const reasons = ['Terminated', 'NodeShutdown', 'Shutdown'];
  return status?.phase === 'Failed' && reasons.includes(status.reason ?? '') && MESSAGE.test(status.message ?? '');
}
