import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { obstructed, placementObservations, share, sureness } from '../objects/placement/blocked-placement.ts';
import { needsNeighbours } from '../objects/placement/pod-affinity.ts';
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
  remedy: 'Make the rule a preference where it was made, or move the pods that it names.',
  commands: [
    "kubectl -n NAMESPACE get deployment virt-operator -o jsonpath='{.spec.template.spec.affinity}'",
    'kubectl -n NAMESPACE edit deployment virt-operator',
  ],
  related: ['host-port-conflict', 'topology-spread', 'both-replicas-on-one-node'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    return placementObservations(seen, (blocked) => {
      const { pod } = blocked;
      const { names, hits, explains, next } = obstructed(blocked, 'pod-affinity');
      const alone = needsNeighbours(pod) && blocked.words.some(({ text }) => NO_NEIGHBOUR.test(text));
      const object = reference('Deployment', operator.deployment);
      const look = shell`kubectl -n ${object.namespace} get deployment ${object.name} -o jsonpath='{.spec.template.spec.affinity}'`;
      const strict = requirements(operator.deployment);
      const mitigation = {
        action: 'relax-pod-affinity',
        automatic: false,
        command: look,
        ...(strict.length > 0 ? { steps: [look, ...strict] } : {}),
      };
      if (names.length === 0 && !alone) {
        const title = () => 'pod anti-affinity keeps virt-operator off the nodes that may run it';
        return onlyTold(blocked, /anti-affinity rules/, title, mitigation);
      }
      const kept = `pod anti-affinity keeps virt-operator off ${share(blocked, names)}: ${names.join(', ')}`;
      return [
        {
          title: names.length > 0 ? kept : 'no node runs a pod that virt-operator must be near (pod affinity)',
          object,
          since: blocked.since,
          confidence: names.length > 0 ? sureness(blocked) : 'likely',
          evidence: [
            ...hits.map((hit) => ({ text: hit.obstacle.text, source: `node/${hit.name} and the pods on it` })),
            ...blocked.words,
          ],
          explains: names.length === 0 ? blocked.gaps : explains,
          next,
          mitigation,
        },
      ];
    });
  },
});

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
