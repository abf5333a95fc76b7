import { defineRule } from '../model/rule.ts';
import { obstructed, placementObservations, share } from '../objects/blocked-placement.ts';
import { shell } from '../objects/shell.ts';

export default defineRule({
  code: 'cordoned',
  rung: 'scheduling',
  severity: 'critical',
  meaning: 'Nodes that may run the operator are cordoned: the scheduler puts no new pod on them.',
  impact: 'Operator pods that were lost stay Pending until such a node takes pods again.',
  evidence:
    'Certain: an operator pod has no node, no node that its selector and affinity admit would take it now, and spec.unschedulable is true on such a node.',
  remedy: 'Uncordon a node, once its maintenance is over.',
  commands: ['kubectl get nodes', 'kubectl uncordon NODE'],
  related: ['all-candidates-down', 'taint-untolerated-custom', 'evicted-by-api'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  wants: ['nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const { names, explains, next } = obstructed(blocked, 'cordoned');
      const [name] = names;
      if (name === undefined) return [];
      return [
        {
          title: `${share(blocked, names)} ${names.length === 1 ? 'is' : 'are'} cordoned: ${names.join(', ')}`,
          object: { kind: 'Node', namespace: null, name },
          since: blocked.since,
          confidence: 'certain',
          evidence: [
            ...names.map((node) => ({ text: 'takes no new pods', source: `node/${node} spec.unschedulable` })),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation: { action: 'uncordon', automatic: true, command: shell`kubectl uncordon ${names}` },
        },
      ];
    });
  },
});
