import { defineRule } from '../model/rule.ts';
import { blockedPlacement, obstructed, share } from '../objects/blocked-placement.ts';
import { operatorOf } from '../objects/operator.ts';
import { taintText } from '../objects/taint.ts';

export default defineRule({
  code: 'taint-untolerated-custom',
  rung: 'scheduling',
  severity: 'critical',
  meaning: 'Nodes that may run the operator carry a taint that it does not tolerate.',
  impact: 'Operator pods that were lost stay Pending until the taint goes or the operator tolerates it.',
  remedy:
    'Remove the taint from a node, or add a toleration to the Deployment (through its owner, should it have one).',
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  wants: ['nodePods'],
  evaluate(seen) {
    const blocked = blockedPlacement(operatorOf(seen), seen.nodes, seen.nodePods);
    if (!blocked) return [];
    const { names, obstacles, first } = obstructed(blocked, 'taint', ({ taint }) => !isControllerOwned(taint.key));
    const taints = [...new Set(obstacles.map(({ taint }) => taintText(taint)))];
    const [name, taint] = [names[0], taints[0]];
    if (name === undefined || taint === undefined) return [];
    return [
      {
        title: `${share(blocked, names)} ${names.length === 1 ? 'has' : 'have'} a taint that it does not tolerate: ${taints.join(', ')}`,
        object: { kind: 'Node', namespace: null, name },
        since: blocked.since,
        confidence: 'certain',
        evidence: [
          ...names.map((node) => ({ text: `tainted ${taints.join(', ')}`, source: `node/${node} spec.taints` })),
          ...blocked.words,
        ],
        explains: first ? blocked.gaps : [],
        mitigation: {
          action: 'remove-taint',
          automatic: true,
          command: `kubectl taint node ${names.join(' ')} ${taint}-`,
        },
      },
    ];
  },
});

/** Taints that controllers set by a node's state come back until the state changes: other causes name that state. */
function isControllerOwned(key: string | null | undefined): boolean {
  return !!key?.startsWith('node.kubernetes.io/');
}
