import type { Node } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { conditionEvidence, nodeTrouble } from '../objects/placement/node-trouble.ts';
import { toldOfTaint } from '../objects/placement/told-placement.ts';
import { describeNodes } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'node-network-unavailable',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    "A node's network is not set up: the cloud's route controller or the network plugin has not said that it is.",
  impact: 'No new pod may go to that node, though the node itself may be Ready.',
  evidence:
    "Certain: the node's NetworkUnavailable condition is True, or it carries the taint for that. Only nodes count that hold an operator pod which is not ready, or that one without a node could go to. Likely where the nodes may not be read and the scheduler names such a taint.",
  remedy:
    'Repair the route controller (cloud-controller-manager) or the network plugin, whichever of them sets this condition here.',
  commands: ['kubectl describe node NODE', 'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE'],
  related: ['node-runtime-or-cni-notready', 'network-not-ready'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    if (!seen.nodes)
      return toldOfTaint(
        seen,
        /network-unavailable/,
        (nodes) => `${nodes} without a network, and no other takes virt-operator`,
      );
    const { nodes, gaps, next, words } = nodeTrouble(seen, operatorOf(seen), {
      kind: 'network-unavailable',
      has: isCutOff,
    });
    const [node] = nodes;
    if (!node) return [];
    const names = nodes.map(nameOf).join(', ');
    return [
      {
        title: `the network of ${nodes.length === 1 ? `node ${names}` : `nodes ${names}`} is not available`,
        object: { kind: 'Node', namespace: null, name: nameOf(node) },
        since: condition(node.status?.conditions, 'NetworkUnavailable')?.lastTransitionTime ?? null,
        confidence: 'certain',
        evidence: [...nodes.flatMap((one) => conditionEvidence(one, 'NetworkUnavailable')), ...words],
        explains: gaps,
        next,
        mitigation: {
          action: 'repair-node',
          automatic: false,
          command: shell`kubectl describe node ${nameOf(node)}`,
          steps: [
            ...describeNodes(nodes.map(nameOf)),

            `Repair what sets NetworkUnavailable on ${names}: the network plugin there, or the route controller of the cloud-controller-manager.`,
          ],
        },
      },
    ];
  },
});

function isCutOff(node: Node): boolean {
  return condition(node.status?.conditions, 'NetworkUnavailable')?.status === 'True';
}
