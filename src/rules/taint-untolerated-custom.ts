import { defineRule } from '../model/rule.ts';
import { shell } from '../objects/meta/shell.ts';
import { taintText } from '../objects/node/taint.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { obstructed, share } from '../objects/placement/obstructed.ts';
import type { Obstacle } from '../objects/placement/placement.ts';

export default defineRule({
  code: 'taint-untolerated-custom',
  rung: 'scheduling',
  severity: 'critical',
  meaning: 'Nodes that may run the operator carry a taint that it does not tolerate.',
  impact: 'Operator pods that were lost stay Pending until the taint goes or the operator tolerates it.',
  evidence:
    'Certain: an operator pod has no node, and a node that may run it has a NoSchedule or NoExecute taint that the pod does not tolerate. Taints that controllers set by the state of a node (not-ready, disk-pressure and so on) are left to the causes that name that state.',
  remedy:
    'Remove the taint from a node, or add a toleration to the Deployment (through its owner, should it have one).',
  commands: ['kubectl describe node NODE', 'kubectl taint node NODE TAINT-'],
  related: ['podnodeselector-conflict', 'all-candidates-down', 'cordoned', 'node-selector-mismatch'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  wants: ['nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const { explains, next } = obstructed(blocked, 'taint');
      const tainted = blocked.candidates
        .map(({ name, obstacles }) => ({ name, taints: obstacles.filter(isTaint).map(text) }))
        .filter(({ taints }) => taints.length > 0);
      const [target] = tainted;
      if (!target) return [];
      const names = tainted.map(({ name }) => name);
      const taints = [...new Set(tainted.flatMap((one) => one.taints))].join(', ');
      const alike = tainted.filter((one) => one.taints.join() === target.taints.join()).map(({ name }) => name);
      return [
        {
          title: `${share(blocked, names)} ${names.length === 1 ? 'has' : 'have'} a taint that it does not tolerate: ${taints}`,
          object: { kind: 'Node', namespace: null, name: target.name },
          since: blocked.since,
          confidence: 'certain',
          evidence: [
            ...tainted.map((one) => ({
              text: `tainted ${one.taints.join(', ')}`,
              source: `node/${one.name} spec.taints`,
            })),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation: {
            action: 'remove-taint',
            automatic: true,
            command: shell`kubectl taint node ${alike} ${target.taints.map((taint) => `${taint}-`)}`,
          },
        },
      ];
    });
  },
});

type TaintObstacle = Extract<Obstacle, { kind: 'taint' }>;

function isTaint(obstacle: Obstacle): obstacle is TaintObstacle {
  return obstacle.kind === 'taint';
}

function text({ taint }: TaintObstacle): string {
  return taintText(taint);
}
