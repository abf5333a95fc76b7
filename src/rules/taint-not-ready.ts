import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { taintText } from '../objects/node/taint.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { keptTaint } from '../objects/placement/kept-taint.ts';
import { obstructed } from '../objects/placement/obstructed.ts';

export default defineRule({
  code: 'taint-not-ready',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'Nodes that may run the operator carry the taint of a node that is not ready or not reachable, although they do not report that themselves.',
  impact: 'Operator pods that were lost stay Pending until the taint goes.',
  evidence:
    'Certain: an operator pod has no node, and a node that may run it is tainted not-ready or unreachable, while its own Ready condition does not say so.',
  remedy:
    'kube-controller-manager takes this taint off by itself, and puts it back: look why it does not. A node that has just joined loses it with its first status.',
  commands: ['kubectl describe node NODE', 'kubectl -n kube-system get lease kube-controller-manager -o yaml'],
  related: ['controller-manager-down', 'node-kubelet-stopped', 'node-runtime-or-cni-notready', 'taint-pressure'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  wants: ['nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const found = obstructed(blocked, 'liveness-taint');
      const kept = found.hits.map(({ name, node, obstacle }) => ({
        node: name,
        taint: taintText(obstacle.taint),
        meanwhile: `its Ready is ${condition(node.status?.conditions, 'Ready')?.status ?? 'not set'}`,
      }));
      return keptTaint(blocked, found, kept);
    });
  },
});
