import type { Observation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { shell } from '../objects/meta/shell.ts';
import { type BlockedPlacement, placementObservations } from '../objects/placement/blocked-placement.ts';
import { obstructed, share } from '../objects/placement/obstructed.ts';
import { countOfNodes, toldOfNodes } from '../objects/placement/told-placement.ts';

/** Kubernetes 1.36 pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go. */
const UNSCHEDULABLE = /(\d+) node\(s\) were unschedulable/;
const LOOK = { action: 'uncordon', automatic: false, command: 'kubectl get nodes' };

export default defineRule({
  code: 'cordoned',
  rung: 'scheduling',
  severity: 'critical',
  meaning: 'Nodes that may run the operator are cordoned: the scheduler puts no new pod on them.',
  impact: 'Operator pods that were lost stay Pending until such a node takes pods again.',
  evidence:
    "Certain: an operator pod has no node, no node that its selector and affinity admit would take it now, and spec.unschedulable is true on such a node. Where the nodes could not be read, the scheduler's words: likely where they name nothing else that is in the way, else possible.",
  remedy: 'Uncordon a node, once its maintenance is over.',
  commands: ['kubectl get nodes', 'kubectl uncordon NODE'],
  related: ['all-candidates-down', 'taint-untolerated-custom', 'evicted-by-api'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const { names, explains, next } = obstructed(blocked, 'cordoned');
      const [name] = names;
      if (name === undefined) return told(blocked);
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

/** The scheduler looks at this before it looks at labels: where it names other reasons too, these nodes may be none that are meant for the pod. */
function told(blocked: BlockedPlacement): Observation[] {
  return toldOfNodes(blocked, UNSCHEDULABLE, toldTitle, LOOK);
}

function toldTitle([, count]: RegExpExecArray): string {
  return `${countOfNodes(count)} ${count === '1' ? 'is' : 'are'} cordoned, and no other takes virt-operator`;
}
