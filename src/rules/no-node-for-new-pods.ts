import type { Mitigation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { MAX_NODES_READ } from '../objects/placement/blocked-placement.ts';
import { obstacleText } from '../objects/placement/obstacle-text.ts';
import { pinnedNode } from '../objects/placement/pinned-template.ts';
import { type Candidate, candidates } from '../objects/placement/placement.ts';
import { templatePod } from '../objects/placement/template-pod.ts';

/** So many nodes are named in the title. */
const MOST_NAMED = 3;

export default defineRule({
  code: 'no-node-for-new-pods',
  rung: 'scheduling',
  order: 2,
  severity: 'warning',
  meaning:
    'The operator pods that exist have their nodes, and no node would take another one: all that may run it are cordoned, tainted or too small, or have lost the labels that it asks for.',
  impact:
    'None yet. A pod that is deleted, evicted or rolled out anew stays Pending: one restart of a node, and the operator is down.',
  evidence:
    'Certain: virt-operator works, and every node that the node selector and the affinity of the Deployment admit refuses its pod by itself, whatever other pods are there; or none is admitted. It is told beside the cause and changes no verdict.',
  remedy: 'Uncordon or mend one of these nodes before an operator pod is restarted.',
  commands: ['kubectl get nodes NODE', 'kubectl get nodes --show-labels', 'kubectl uncordon NODE'],
  related: [
    'cordoned',
    'taint-untolerated-custom',
    'no-control-plane-node',
    'node-selector-mismatch',
    'single-replica',
  ],
  needs: ['deployment', 'replicaSets', 'pods', 'operatorLease', 'nodes'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment, current, pods, uncreated, unready } = operator;
    const nodes = seen.nodes ?? [];
    // Where virt-operator does not work, what keeps the pods out that mend it is told by name.
    const isPlaced = current !== null && uncreated + unready.length === 0 && pods.length > 0;
    const works = isPlaced && leaderState(seen.operatorLease, seen.pods, seen.readAt).alive;
    if (!works || pinnedNode(deployment) !== null || nodes.length >= MAX_NODES_READ) return [];
    const found = candidates(templatePod(deployment), nodes, { pods: null, on: [] });
    if (found.some(({ obstacles: [first] }) => first === undefined || first.kind === 'unknown')) return [];
    return [
      {
        title: `no node would take a new pod of virt-operator: ${reasons(found)}`,
        object: reference('Deployment', deployment),
        since: null,
        confidence: 'certain',
        evidence: [
          ...found.flatMap(({ name, obstacles: [first] }) =>
            first ? [{ text: obstacleText(first), source: `node/${name}` }] : [],
          ),
          ...(found.length === 0 ? [{ text: 'admitted by none', source: 'nodes for virt-operator' }] : []),
        ],
        explains: [],
        mitigation: mend(found),
      },
    ];
  },
});

function reasons(found: readonly Candidate[]): string {
  if (found.length === 0) return 'none has the labels that its node selector and affinity ask for';
  const named = found.slice(0, MOST_NAMED).map(({ name, obstacles: [first] }) => {
    const why = first?.kind === 'shortage' ? `too little ${first.shortage.resource}` : first && obstacleText(first);
    return `${name} (${why?.replace(/^it is /, '')})`;
  });
  const more = found.length > MOST_NAMED ? ` and ${found.length - MOST_NAMED} more` : '';
  return `${named.join(', ')}${more}`;
}

function mend(found: readonly Candidate[]): Mitigation {
  return { action: 'free-a-node', automatic: false, command: commandFor(found) };
}

function commandFor(found: readonly Candidate[]): string {
  const cordoned = found.find(({ obstacles }) => obstacles.length === 1 && obstacles[0]?.kind === 'cordoned');
  if (cordoned) return shell`kubectl uncordon ${cordoned.name}`;
  const names = found.slice(0, MOST_NAMED).map(({ name }) => name);
  return names.length > 0 ? shell`kubectl get nodes ${names}` : 'kubectl get nodes --show-labels';
}
