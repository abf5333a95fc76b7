import { defineRule } from '../model/rule.ts';
import { shell } from '../objects/meta/shell.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { nearest } from '../objects/placement/nearest-node.ts';
import { obstacleText } from '../objects/placement/obstacle-text.ts';
import { nextOrFirst } from '../objects/placement/obstructed.ts';

export default defineRule({
  code: 'all-candidates-down',
  rung: 'scheduling',
  order: 1,
  severity: 'critical',
  meaning: 'The few nodes that may run the operator are out of use for different reasons: one line for each.',
  impact: 'Operator pods that were lost stay Pending until one of these nodes is mended.',
  evidence:
    "Certain: each node that the operator's node selector and affinity admit has something against the pod, and what has to be mended first is not the same on all of them. It is told beside the causes that name these things.",
  remedy: 'Mend the node that is easiest to mend.',
  commands: ['kubectl get nodes NODE', 'kubectl describe node NODE'],
  related: [
    'webhook-blocks-control-plane',
    'cordoned',
    'insufficient-memory',
    'node-kubelet-stopped',
    'node-pressure',
    'taint-untolerated-custom',
  ],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  wants: ['nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const roots = nearest(blocked.candidates).flatMap(({ name, obstacles: [first] }) =>
        first && first.kind !== 'unknown' ? [{ name, first }] : [],
      );
      if (new Set(roots.map(({ first }) => first.kind)).size < 2) return [];
      return [
        {
          title: `the ${roots.length} nodes that may run virt-operator are out of use for different reasons`,
          object: nextOrFirst(blocked, seen.deployment),
          since: blocked.since,
          confidence: 'certain',
          evidence: roots.map(({ name, first }) => ({ text: obstacleText(first), source: `node/${name}` })),
          explains: [],
          mitigation: {
            action: 'repair-node',
            automatic: false,
            command: shell`kubectl get nodes ${roots.map(({ name }) => name)}`,
          },
        },
      ];
    });
  },
});
