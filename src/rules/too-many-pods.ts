import { defineRule } from '../model/rule.ts';
import { shell } from '../objects/meta/shell.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { obstructed, share, sureness } from '../objects/placement/obstructed.ts';
import { onlyTold } from '../objects/placement/told-placement.ts';
import { podsOn } from '../objects/remedy/manual-step.ts';

const LOOK = { action: 'make-room', automatic: false, command: 'kubectl describe nodes' };

export default defineRule({
  code: 'too-many-pods',
  rung: 'scheduling',
  severity: 'critical',
  meaning: 'Nodes that may run the operator already hold as many pods as their kubelets take.',
  impact: 'Operator pods that were lost stay Pending until a pod leaves such a node.',
  evidence:
    'Certain: the pods on each node that may run the operator are counted and compared with how many it allows. Likely where the pods on one of these nodes could not be read.',
  remedy: "Move pods off a node, raise its kubelet's maxPods, or add a node that may run the operator.",
  commands: [
    'kubectl describe node NODE',
    'kubectl describe nodes',
    'kubectl get pods -A --field-selector spec.nodeName=NODE',
  ],
  related: ['insufficient-memory', 'kubelet-admission-rejected'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const { names, hits, explains, next } = obstructed(
        blocked,
        'shortage',
        ({ shortage }) => shortage.resource === 'pods',
      );
      const [name] = names;
      if (name === undefined) {
        return onlyTold(
          blocked,
          /Too many pods/,
          (_, noNode) => `${noNode} that may run virt-operator takes more pods`,
          LOOK,
        );
      }
      return [
        {
          title: `${share(blocked, names)} ${names.length === 1 ? 'takes' : 'take'} no more pods: ${names.join(', ')}`,
          object: { kind: 'Node', namespace: null, name },
          since: blocked.since,
          confidence: sureness(blocked),
          evidence: [
            ...hits.map((hit) => ({
              text: `${hit.obstacle.shortage.allocatable - hit.obstacle.shortage.free} pods on it, ${hit.obstacle.shortage.allocatable} allowed`,
              source: `node/${hit.name} status.allocatable.pods and the pods on it`,
            })),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation: {
            action: 'make-room',
            automatic: false,
            command: shell`kubectl get pods -A --field-selector spec.nodeName=${name}`,
            steps: [
              ...podsOn(names),
              `Move pods off one of ${names.join(', ')}, raise maxPods of its kubelet, or add a node that may run the operator.`,
            ],
          },
        },
      ];
    });
  },
});
