import type { Mitigation } from '../model/finding.ts';
import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { isMore } from '../objects/meta/quantity.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { manifestDeployment } from '../objects/operator/manifest.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { obstructed, share, sureness } from '../objects/placement/obstructed.ts';
import { onlyTold } from '../objects/placement/told-placement.ts';
import { FIND_CHANGER, raisedRequests } from '../objects/pod/changed-pod.ts';
import { podRequests, type Shortage, shortageText } from '../objects/pod/resources.ts';
import { describeNodes, patchTemplate } from '../objects/remedy/manual-step.ts';

/** Kubernetes 1.36 pkg/scheduler/framework/plugins/noderesources/fit.go. */
const INSUFFICIENT = /Insufficient ([\w./-]*\w)/;
const LOOK = { action: 'make-room', automatic: false, command: 'kubectl describe nodes' };

export default defineRule({
  code: 'insufficient-memory',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'Nodes that may run the operator have not enough unreserved memory (or CPU, or something else that it requests) for it, and nothing of lower priority there to push out.',
  impact: 'Operator pods that were lost stay Pending until room is made.',
  evidence:
    'Certain: the requests of the pods on each node that may run the operator are added up, and what its allocatable memory and CPU leave is less than the operator requests; so is what it requests of a resource that no such node has. Likely where the pods on one of these nodes could not be read.',
  remedy:
    'Move or shrink what reserves the node, or add a node that may run the operator. Where even an empty node would not do, correct what the Deployment requests, or what a webhook, such as a VerticalPodAutoscaler, makes of that.',
  commands: [
    'kubectl describe node NODE',
    'kubectl describe nodes',
    'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE',
    "kubectl -n NAMESPACE get deployment virt-operator -o jsonpath='{.spec.template.spec.containers[*].resources}'",
  ],
  related: [
    'all-candidates-down',
    'node-pressure',
    'preempted',
    'too-many-pods',
    'kubelet-admission-rejected',
    'kubelet-preempted',
    'oom-node',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const { names, hits, explains, next } = obstructed(
        blocked,
        'shortage',
        ({ shortage }) => shortage.resource !== 'pods',
      );
      const [name] = names;
      if (name === undefined) {
        const title = ([, resource]: RegExpExecArray, noNode: string) =>
          `${noNode} that may run virt-operator has enough ${resource} left`;
        return onlyTold(blocked, INSUFFICIENT, title, LOOK);
      }
      const lacking = [...new Set(hits.map(({ obstacle }) => obstacle.shortage.resource))];
      const resources = lacking.join(' and ');
      const raised = raisedRequests(blocked.pod, lacking, list(seen.replicaSets));
      const nodes = share(blocked, names);
      const size = sizeOf(hits.map(({ obstacle }) => obstacle.shortage));
      const verb = names.length === 1 ? 'has' : 'have';
      return [
        {
          title: `${TITLES[size](nodes, verb, resources)}: ${names.join(', ')}`,
          object: { kind: 'Node', namespace: null, name },
          since: blocked.since,
          confidence: sureness(blocked),
          evidence: [
            ...raised,
            ...hits.map((hit) => ({
              text: shortageText(hit.obstacle.shortage),
              source: `node/${hit.name} status.allocatable and the pods on it`,
            })),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation:
            size === 'too-big'
              ? tooMuch(seen.deployment, lacking, raised.length > 0)
              : makeRoom(names, size === 'too-small' ? ENLARGE : MOVE),
        },
      ];
    });
  },
});

function requestsOf(deployment: Deployment | null): string {
  const namespace = deployment?.metadata?.namespace ?? '';
  return shell`kubectl -n ${namespace} get deployment ${nameOf(deployment)} -o jsonpath='{.spec.template.spec.containers[*].resources}'`;
}

type Size = 'full' | 'too-small' | 'too-big';

const TITLES: Readonly<Record<Size, (nodes: string, verb: string, resources: string) => string>> = {
  full: (nodes, verb, resources) => `${nodes} ${verb} not enough ${resources} left`,
  'too-small': (nodes, verb, resources) =>
    `${nodes} ${verb} too little allocatable ${resources} for virt-operator, even without other pods`,
  'too-big': (nodes, verb, resources) => `virt-operator asks for more ${resources} than ${nodes} ${verb} in all`,
};

/** Whether nothing helps that is moved away from nodes: they are too small for what KubeVirt's own manifest asks for, or more is asked for. */
function sizeOf(lacking: readonly Shortage[]): Size {
  if (!lacking.every(({ want, allocatable }) => isMore(want, allocatable))) return 'full';
  const usual = podRequests(manifestDeployment('').spec?.template?.spec);
  return lacking.some(({ resource, want }) => isMore(want, usual[resource] ?? 0)) ? 'too-big' : 'too-small';
}

function makeRoom(names: readonly string[], how: string): Mitigation {
  const command = shell`kubectl describe node ${names[0]}`;
  return { action: 'make-room', automatic: false, command, steps: [...describeNodes(names), how] };
}

const ENLARGE =
  "The Deployment asks for no more than KubeVirt's manifest does. Compare Capacity and Allocatable of these nodes: the kubelet keeps the difference (systemReserved, kubeReserved, evictionHard, hugepages). Have it keep less, enlarge a node, or add one that may run the operator.";
const MOVE = 'Move or shrink a workload that reserves one of these nodes, or add a node that may run the operator.';

/** Takes out what no node has, unless it is processor time or memory, of which the operator needs some. */
function correct(deployment: Deployment | null, resources: readonly string[]): string[] {
  const wanted = [...new Set(resources)].filter((resource) => resource !== 'cpu' && resource !== 'memory');
  const containers = list(deployment?.spec?.template?.spec?.containers).flatMap(({ name, resources: own }) => {
    const has = wanted.filter((resource) => own?.limits?.[resource] ?? own?.requests?.[resource]);
    const none = Object.fromEntries(has.map((resource) => [resource, null]));
    return has.length > 0 ? [{ name, resources: { limits: none, requests: none } }] : [];
  });
  return [
    requestsOf(deployment),
    ...(containers.length > 0
      ? [
          `Take ${wanted.join(', ')} out of the Deployment; KubeVirt's manifest asks for none:`,
          patchTemplate(deployment, { containers }),
        ]
      : [
          "Correct what the Deployment requests; KubeVirt's manifest asks for 10m cpu and 450Mi memory:",
          shell`kubectl -n ${deployment?.metadata?.namespace} set resources deployment/${nameOf(deployment)} -c ${list(deployment?.spec?.template?.spec?.containers)[0]?.name} --requests=cpu=10m,memory=450Mi`,
        ]),
  ];
}

function tooMuch(deployment: Deployment | null, resources: readonly string[], isRaised: boolean): Mitigation {
  if (isRaised) return FIND_CHANGER;
  const [command, steps] = [requestsOf(deployment), correct(deployment, resources)];
  return { action: 'correct-requests', automatic: false, command, steps };
}
