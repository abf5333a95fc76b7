import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { obstructed, share, sureness } from '../objects/placement/obstructed.ts';
import { onlyTold } from '../objects/placement/told-placement.ts';
import { patchTemplate } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'topology-spread',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    "The operator pods must be spread evenly (topologySpreadConstraints), and no node would keep them so. KubeVirt's own manifest has no such constraint.",
  impact: 'Operator pods that were lost stay Pending.',
  evidence:
    'Certain: the constraints with DoNotSchedule are worked out from the labels of the nodes that may run the operator and the pods on them, and leave none. Likely where the pods on one of these nodes could not be read.',
  remedy:
    'Let the constraint be broken (whenUnsatisfiable: ScheduleAnyway), or give every zone a node that takes the pod.',
  commands: [
    "kubectl -n NAMESPACE get deployment virt-operator -o jsonpath='{.spec.template.spec.topologySpreadConstraints}'",
    'kubectl -n NAMESPACE edit deployment virt-operator',
  ],
  related: ['pod-anti-affinity', 'both-replicas-on-one-node'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    return placementObservations(seen, (blocked) => {
      const { names, hits, explains, next } = obstructed(blocked, 'spread');
      const object = reference('Deployment', operator.deployment);
      const look = shell`kubectl -n ${object.namespace} get deployment ${object.name} -o jsonpath='{.spec.template.spec.topologySpreadConstraints}'`;
      const strict = list(operator.deployment?.spec?.template?.spec?.topologySpreadConstraints).filter(
        ({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule',
      );
      const relax = patchTemplate(operator.deployment, {
        topologySpreadConstraints: strict.map(({ topologyKey }) => ({
          topologyKey,
          whenUnsatisfiable: 'ScheduleAnyway',
        })),
      });
      const mitigation = {
        action: 'relax-topology-spread',
        automatic: false,
        command: look,
        ...(strict.length > 0
          ? { steps: [look, "Let the constraints be broken; KubeVirt's manifest has none:", relax] }
          : {}),
      };
      if (names.length === 0) {
        const title = () => 'topology spread constraints keep virt-operator off the nodes that may run it';
        return onlyTold(blocked, /topology spread constraints/, title, mitigation);
      }
      return [
        {
          title: `topology spread constraints keep virt-operator off ${share(blocked, names)}: ${names.join(', ')}`,
          object,
          since: blocked.since,
          confidence: sureness(blocked),
          evidence: [
            ...hits.map((hit) => ({
              text: hit.obstacle.text,
              source: `node/${hit.name} metadata.labels and the pods`,
            })),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation,
        },
      ];
    });
  },
});
