import { defineRule } from '../model/rule.ts';
import { obstructed, placementObservations, share } from '../objects/blocked-placement.ts';
import { taintText } from '../objects/taint.ts';

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
      const { names, hits, explains, next } = obstructed(blocked, 'pressure-taint');
      const [name] = names;
      if (name === undefined) return [];
      const taints = [...new Set(hits.map((hit) => taintText(hit.obstacle.taint)))].join(', ');
      return [
        {
          title: `${share(blocked, names)} ${names.length === 1 ? 'is' : 'are'} still tainted ${taints}: ${names.join(', ')}`,
          object: { kind: 'Node', namespace: null, name },
          since: blocked.since,
          confidence: 'certain',
          evidence: [
            ...hits.map(({ name: node, obstacle }) => ({
              text: `tainted ${taintText(obstacle.taint)}, and reports no ${obstacle.condition}`,
              source: `node/${node} spec.taints`,
            })),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation: {
            action: 'check-node-controller',
            automatic: false,
            command: 'kubectl -n kube-system get lease kube-controller-manager -o yaml',
          },
        },
      ];
    });
  },
});
