import { defineRule } from '../model/rule.ts';
import { obstructed, placementObservations, share, sureness } from '../objects/blocked-placement.ts';
import { shortageText } from '../objects/resources.ts';

export default defineRule({
  code: 'insufficient-memory',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'Nodes that may run the operator have not enough unreserved memory (or CPU) for it, and nothing of lower priority there to push out.',
  impact: 'Operator pods that were lost stay Pending until room is made.',
  evidence:
    'Certain: the requests of the pods on each node that may run the operator are added up, and what its allocatable memory and CPU leave is less than the operator requests. Likely where the pods on one of these nodes could not be read.',
  remedy: 'Move or shrink what reserves the node, or add a node that may run the operator.',
  commands: ['kubectl describe node NODE', 'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE'],
  related: [
    'all-candidates-down',
    'node-pressure',
    'preempted',
    'too-many-pods',
    'kubelet-admission-rejected',
    'kubelet-preempted',
    'oom-node',
  ],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  wants: ['nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const { names, explains, next } = obstructed(blocked, 'shortage', ({ shortage }) => shortage.resource !== 'pods');
      const short = blocked.candidates.flatMap(({ name, obstacles }) =>
        obstacles.flatMap((one) =>
          one.kind === 'shortage' && one.shortage.resource !== 'pods' ? [{ name, shortage: one.shortage }] : [],
        ),
      );
      const [name] = names;
      if (name === undefined) return [];
      const resources = [...new Set(short.map((one) => one.shortage.resource))].join(' and ');
      return [
        {
          title: `${share(blocked, names)} ${names.length === 1 ? 'has' : 'have'} not enough ${resources} left: ${names.join(', ')}`,
          object: { kind: 'Node', namespace: null, name },
          since: blocked.since,
          confidence: sureness(blocked),
          evidence: [
            ...short.map((one) => ({
              text: shortageText(one.shortage),
              source: `node/${one.name} status.allocatable and the pods on it`,
            })),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation: { action: 'make-room', automatic: false, command: `kubectl describe node ${name}` },
        },
      ];
    });
  },
});
