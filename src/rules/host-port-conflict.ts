import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { obstructed, share, sureness } from '../objects/placement/obstructed.ts';
import { endOldPodFirst, waitsForOldPods } from '../objects/placement/roll-out.ts';
import { onlyTold } from '../objects/placement/told-placement.ts';
import { patchTemplate } from '../objects/remedy/manual-step.ts';

const LOOK = { action: 'free-port', automatic: false, command: 'kubectl get pods -A -o wide' };

export default defineRule({
  code: 'host-port-conflict',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    "The operator pods ask for ports of the node itself (host network or hostPort), and other pods have them. KubeVirt's own manifest asks for none.",
  impact: 'Operator pods that were lost stay Pending until the port is free.',
  evidence:
    'Certain: the ports of the node that the operator pods ask for are compared with those that the pods on each node that may run them hold. Likely where the pods on one of these nodes could not be read.',
  remedy:
    'Take hostNetwork or hostPort out of the Deployment, or move the pod that holds the port. A roll-out whose new pods wait for the ports of the old ones goes on with maxUnavailable 1.',
  commands: [
    'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE',
    'kubectl -n NAMESPACE edit deployment virt-operator',
    `kubectl -n NAMESPACE patch deployment virt-operator -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1}}}}'`,
  ],
  related: ['pod-anti-affinity', 'kubelet-admission-rejected', 'startup-misc-fatal'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const { names, hits, explains, next } = obstructed(blocked, 'host-port');
      const [name] = names;
      if (name === undefined) {
        const title = () => 'a port that virt-operator asks for is taken on each node that may run it';
        return onlyTold(blocked, /didn't have free ports/, title, LOOK);
      }
      const isRollOut = waitsForOldPods(operatorOf(seen), blocked, names);
      const ports = [...new Set(hits.map(({ obstacle }) => obstacle.text.split(' ')[0]))].join(', ');
      return [
        {
          title: isRollOut
            ? `the roll-out cannot go on: its pods need port ${ports}, which the old ones hold on ${share(blocked, names)}: ${names.join(', ')}`
            : `port ${ports} is taken on ${share(blocked, names)}: ${names.join(', ')}`,
          object: { kind: 'Node', namespace: null, name },
          since: blocked.since,
          confidence: sureness(blocked),
          evidence: [
            ...hits.map((hit) => ({
              text: `port ${hit.obstacle.text}`,
              source: `node/${hit.name} and the pods on it`,
            })),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation: isRollOut
            ? endOldPodFirst(seen.deployment, stepsFor(seen.deployment, hits))
            : {
                action: 'free-port',
                automatic: false,
                command: shell`kubectl get pods -A -o wide --field-selector spec.nodeName=${name}`,
                steps: stepsFor(seen.deployment, hits),
              },
        },
      ];
    });
  },
});

/** KubeVirt's manifest asks for no port of the node; who holds it is in the obstacle's words. */
function stepsFor(
  deployment: Deployment | null,
  hits: readonly { name: string; obstacle: { text: string } }[],
): string[] {
  const spec = deployment?.spec?.template?.spec;
  const containers = list(spec?.containers).flatMap(({ name, ports }) => {
    const taken = list(ports).filter(({ hostPort }) => hostPort);
    return taken.length > 0
      ? [{ name, ports: taken.map(({ containerPort, protocol }) => ({ containerPort, protocol, hostPort: null })) }]
      : [];
  });
  const patch = {
    ...(spec?.hostNetwork ? { hostNetwork: null } : {}),
    ...(containers.length > 0 ? { containers } : {}),
  };
  return [
    ...hits.map(({ name, obstacle }) => `On node ${name}: ${obstacle.text}`),
    ...(Object.keys(patch).length > 0
      ? [
          "Take the node's port out of the Deployment (KubeVirt's manifest asks for none), or move that pod:",
          patchTemplate(deployment, patch),
        ]
      : ['Move that pod to another node.']),
  ];
}
