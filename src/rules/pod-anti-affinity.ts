import type { Mitigation, ObjectReference, Observation } from '../model/finding.ts';
import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { type Operator, operatorOf } from '../objects/operator/operator.ts';
import { type BlockedPlacement, placementObservations } from '../objects/placement/blocked-placement.ts';
import { obstructed, share, sureness } from '../objects/placement/obstructed.ts';
import { needsNeighbours } from '../objects/placement/pod-affinity.ts';
import { endOldPodFirst, waitsForOldPods } from '../objects/placement/roll-out.ts';
import { onlyTold } from '../objects/placement/told-placement.ts';
import { patchTemplate } from '../objects/remedy/manual-step.ts';

/** Kubernetes 1.36 pkg/scheduler/framework/plugins/interpodaffinity/filtering.go. */
const NO_NEIGHBOUR = /didn't match pod affinity rules/;

export default defineRule({
  code: 'pod-anti-affinity',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    "Rules about which pods may run side by side leave no node for the operator. KubeVirt's own rule is a mere preference, so either the Deployment was changed or another workload keeps it away.",
  impact: 'Operator pods that were lost stay Pending.',
  evidence:
    "Certain: the required anti-affinity of the operator, and of the pods on each node that may run it, leaves no such node. Likely where the pods on one of these nodes could not be read, or where only the scheduler's words tell that a pod is missing which the operator must be near.",
  remedy:
    'Make the rule a preference where it was made, or move the pods that it names. A roll-out whose new pods wait for the nodes of the old ones goes on with maxUnavailable 1.',
  commands: [
    "kubectl -n NAMESPACE get deployment virt-operator -o jsonpath='{.spec.template.spec.affinity}'",
    'kubectl -n NAMESPACE edit deployment virt-operator',
    `kubectl -n NAMESPACE patch deployment virt-operator -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1}}}}'`,
  ],
  related: ['host-port-conflict', 'topology-spread', 'both-replicas-on-one-node'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    return placementObservations(seen, (blocked) => observe(operator, blocked));
  },
});

function observe(operator: Operator, blocked: BlockedPlacement): Observation[] {
  const { names, hits, explains, next } = obstructed(blocked, 'pod-affinity');
  const object = reference('Deployment', operator.deployment);
  const { steps, ...rest } = relax(operator.deployment, object);
  const mitigation = { ...rest, ...(steps.length > 1 ? { steps } : {}) };
  if (names.length === 0) {
    const alone = needsNeighbours(blocked.pod) && blocked.words.some(({ text }) => NO_NEIGHBOUR.test(text));
    if (alone) return [noNeighbour(blocked, object, next, mitigation)];
    const title = () => 'pod anti-affinity keeps virt-operator off the nodes that may run it';
    return onlyTold(blocked, /anti-affinity rules/, title, mitigation);
  }
  const where = `${share(blocked, names)}: ${names.join(', ')}`;
  const isRollOut = waitsForOldPods(operator, blocked, names);
  return [
    {
      title: isRollOut
        ? `the roll-out cannot go on: its pods may not run beside the old ones, and these hold ${where}`
        : `pod anti-affinity keeps virt-operator off ${where}`,
      object,
      since: blocked.since,
      confidence: sureness(blocked),
      evidence: [
        ...hits.map((hit) => ({ text: hit.obstacle.text, source: `node/${hit.name} and the pods on it` })),
        ...blocked.words,
      ],
      explains,
      next,
      mitigation: isRollOut ? endOldPodFirst(operator.deployment, steps.slice(1)) : mitigation,
    },
  ];
}

/** Which pods those are that it must be near, only the scheduler's words tell. */
function noNeighbour(
  { words, gaps, since }: BlockedPlacement,
  object: ObjectReference,
  next: boolean,
  mitigation: Mitigation,
): Observation {
  const title = 'no node runs a pod that virt-operator must be near (pod affinity)';
  return { title, object, since, confidence: 'likely', evidence: words, explains: gaps, next, mitigation };
}

function relax(deployment: Deployment | null, { namespace, name }: ObjectReference): Mitigation & { steps: string[] } {
  const command = shell`kubectl -n ${namespace} get deployment ${name} -o jsonpath='{.spec.template.spec.affinity}'`;
  const steps = [command, ...requirements(deployment)];
  return { action: 'relax-pod-affinity', automatic: false, command, steps };
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

/** Takes out what the Deployment itself demands of pods nearby; KubeVirt's manifest only prefers. */
function requirements(deployment: Deployment | null): string[] {
  const affinity = deployment?.spec?.template?.spec?.affinity;
  const kinds = (['podAffinity', 'podAntiAffinity'] as const).filter(
    (kind) => list(affinity?.[kind]?.[REQUIRED]).length > 0,
  );
  const patch = Object.fromEntries(kinds.map((kind) => [kind, { [REQUIRED]: null }]));
  return kinds.length === 0
    ? []
    : [
        "Take the requirement out of the Deployment; KubeVirt's manifest only prefers:",
        patchTemplate(deployment, { affinity: patch }),
      ];
}
