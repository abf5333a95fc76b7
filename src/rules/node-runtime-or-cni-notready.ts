import type { Node } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { conditionEvidence, nodesAre, nodeTrouble } from '../objects/placement/node-trouble.ts';
import { toldOfTaint } from '../objects/placement/told-placement.ts';
import { podsOn } from '../objects/remedy/manual-step.ts';

/** Kubernetes 1.36 pkg/kubelet/runtime.go, pkg/kubelet/nodestatus/setters.go; the pod network's part comes from the container runtime. */
const REASONS: readonly [RegExp, string][] = [
  [/network not ready|NetworkPluginNotReady|cni plugin not initialized/i, 'its pod network (CNI) is not set up'],
  [/container runtime is down|container runtime status check may not/, 'its container runtime does not answer'],
  [/PLEG is not healthy/, 'its container runtime is too slow (PLEG)'],
  [/node is shutting down/, 'it is shutting down'],
  [/missing node capacity/, 'its kubelet cannot tell its capacity'],
  [/CSINode is not yet initialized/, 'its storage drivers are not registered yet'],
];

export default defineRule({
  code: 'node-runtime-or-cni-notready',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    "A node's kubelet is alive and says that the node is not ready: mostly its container runtime or pod network.",
  impact:
    'No new pod may go to that node; operator pods that were lost stay Pending, those that are starting there stay so.',
  evidence:
    "Certain: the Ready condition of the node is False, which its own kubelet writes; what that means is read from the condition's words. Only nodes count that hold an operator pod which is not ready, or that one without a node could go to. Likely where the nodes may not be read and the scheduler names such a taint.",
  remedy: 'Repair what the node names: the CNI pods in kube-system on that node, or its container runtime.',
  commands: ['kubectl describe node NODE', 'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE'],
  related: [
    'node-kubelet-stopped',
    'node-network-unavailable',
    'taint-not-ready',
    'network-not-ready',
    'sandbox-cni-failed',
    'sandbox-runtime',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    if (!seen.nodes)
      return toldOfTaint(seen, /not-ready/, (nodes) => `${nodes} not ready, and no other takes virt-operator`);
    const { nodes, gaps, next, words } = nodeTrouble(seen, operatorOf(seen), { kind: 'not-ready', has: saysNotReady });
    const [node] = nodes;
    if (!node) return [];
    const ready = condition(node.status?.conditions, 'Ready');
    const why = REASONS.find(([pattern]) => pattern.test(ready?.message ?? ''))?.[1];
    return [
      {
        title: `${nodesAre(nodes)} not ready${why ? `: ${why}` : ''}`,
        object: { kind: 'Node', namespace: null, name: nameOf(node) },
        since: ready?.lastTransitionTime ?? null,
        confidence: 'certain',
        evidence: [...nodes.flatMap((one) => conditionEvidence(one, 'Ready')), ...words],
        explains: gaps,
        next,
        mitigation: {
          action: 'repair-node',
          automatic: false,
          command: shell`kubectl get pods -A -o wide --field-selector spec.nodeName=${nameOf(node)}`,
          steps: [
            ...podsOn(nodes.map(nameOf)),
            `Repair what ${nodes.map(nameOf).join(', ')} name: the pod of the network plugin there, or the container runtime (journalctl -u kubelet -u containerd).`,
          ],
        },
      },
    ];
  },
});

function saysNotReady(node: Node): boolean {
  return condition(node.status?.conditions, 'Ready')?.status === 'False';
}
