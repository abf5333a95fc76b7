import { defineRule } from '../model/rule.ts';
import { taintText } from '../objects/node/taint.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { keptTaint } from '../objects/placement/kept-taint.ts';
import { obstructed } from '../objects/placement/obstructed.ts';

export default defineRule({
  code: 'taint-pressure',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'Nodes that may run the operator carry the taint of a node that runs out of memory, disk or process ids, although they no longer report that.',
  impact: 'Operator pods that were lost stay Pending until the taint goes.',
  evidence:
    'Certain: an operator pod has no node, and a node that may run it is tainted for memory, disk or process ids, while it reports no such pressure.',
  remedy:
    'kube-controller-manager takes this taint off when the node reports no pressure, and puts it back: look why it does not.',
  commands: ['kubectl describe node NODE', 'kubectl -n kube-system get lease kube-controller-manager -o yaml'],
  related: ['controller-manager-down', 'node-pressure', 'taint-not-ready'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  wants: ['nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const found = obstructed(blocked, 'pressure-taint');
      const kept = found.hits.map(({ name, obstacle }) => ({
        node: name,
        taint: taintText(obstacle.taint),
        meanwhile: `reports no ${obstacle.condition}`,
      }));
      return keptTaint(blocked, found, kept);
    });
  },
});
