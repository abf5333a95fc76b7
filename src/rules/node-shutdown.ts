import type { Node, Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, workloadGaps } from '../objects/operator/operator.ts';
import { disruption } from '../objects/pod/disruption.ts';

/** Kubernetes 1.36 pkg/kubelet/nodeshutdown/nodeshutdown_manager.go; `Shutdown` is what kubelets before 1.22 wrote. */
const MESSAGE = /imminent node shutdown|node is shutting|node is in progress of shutting down/i;

export default defineRule({
  code: 'node-shutdown',
  rung: 'node',
  severity: 'warning',
  meaning: "Operator pods were ended by a node's orderly shutdown.",
  impact: 'Their replacements need another node, or this one again; the Failed pods are history.',
  evidence:
    'Certain: an operator pod ended as Failed with the reason and words of a kubelet that shuts its node down, and that node is not Ready. It is told beside the cause, and only while the operator lacks something.',
  remedy: 'Start the machine again, should it not come back by itself.',
  commands: ['kubectl get node NODE'],
  related: ['node-kubelet-stopped', 'evicted-by-api', 'exit-143-term'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes'],
  evaluate(seen) {
    if (workloadGaps(operatorOf(seen)).length === 0) return [];
    const back = list(seen.nodes).filter(isReady).map(nameOf);
    const ended = list(seen.pods).filter((one) => wasShutDown(one) && !back.includes(one.spec?.nodeName ?? ''));
    const [pod] = ended;
    if (!pod) return [];
    const nodes = [...new Set(ended.map((one) => one.spec?.nodeName ?? ''))];
    return [
      {
        title: `${nodes.length === 1 ? 'node' : 'nodes'} ${nodes.join(', ')} shut down and ended virt-operator's pods`,
        object: { kind: 'Node', namespace: null, name: nodes[0] ?? '' },
        since: disruption(pod)?.time ?? null,
        confidence: ended.some(byKubelet) ? 'certain' : 'likely',
        evidence: ended.map((one) => ({
          text: [one.status?.reason, one.status?.message].filter(Boolean).join(': '),
          source: `pod/${nameOf(one)} status`,
        })),
        explains: [],
        mitigation: { action: 'start-node', automatic: false, command: shell`kubectl get node ${nodes}` },
      },
    ];
  },
});

function wasShutDown(pod: Pod): boolean {
  const { status } = pod;
  const reasons = ['Terminated', 'NodeShutdown', 'Shutdown'];
  if (status?.phase !== 'Failed' || !reasons.includes(status.reason ?? '')) return false;
  return byKubelet(pod) || MESSAGE.test(status.message ?? '');
}

/** Of the reasons with which a kubelet ends pods by itself, these stand for a shutdown only. */
function byKubelet(pod: Pod): boolean {
  return disruption(pod)?.reason === 'TerminationByKubelet';
}

/** A node that came back leaves such pods behind as history. */
function isReady(node: Node): boolean {
  return condition(node.status?.conditions, 'Ready')?.status === 'True';
}
