import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { nodesWithRole, roleLabel, wantedRoles } from '../objects/placement/node-affinity.ts';

/** KubeVirt's own node selector. */
const OS = 'kubernetes.io/os';

export default defineRule({
  code: 'no-control-plane-node',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'From KubeVirt 1.7 on the operator asks for a node with a control-plane role label, and no node has one: usual where the control plane is hosted elsewhere.',
  impact: 'Operator pods stay Pending for good.',
  evidence:
    'Certain: an operator pod has no node, its required node affinity asks for a role label, and of all nodes that `kubectl get nodes` would list none has that role.',
  remedy:
    "Take the requirement out of the Deployment's node affinity (through its owner, should it have one), or label a node; a label may mean more to other controllers.",
  commands: [
    'kubectl get nodes --show-labels',
    'kubectl -n NAMESPACE patch deployment/virt-operator --type=json -p \'[{"op":"remove","path":"/spec/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"}]\'',
    'kubectl label node NODE node-role.kubernetes.io/control-plane=',
  ],
  related: ['no-nodes', 'node-selector-mismatch'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes', 'nodeOverview'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    return placementObservations(seen, (blocked) => {
      const roles = wantedRoles(operator.deployment?.spec?.template?.spec);
      const total = seen.nodeOverview?.total ?? 0;
      if (!operator.deployment || blocked.candidates.length > 0 || roles.length === 0 || total === 0) return [];
      if (nodesWithRole(seen.nodeOverview, roles).length > 0) return [];
      // Of more nodes than were listed, those of the role alone would have been read.
      const selected = Object.keys(blocked.pod.spec?.nodeSelector ?? {}).some((key) => key !== OS);
      if (selected && total > list(seen.nodeOverview?.nodes).length) return [];
      const namespace = operator.deployment.metadata?.namespace ?? '';
      const name = operator.deployment.metadata?.name ?? '';
      const path = '/spec/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution';
      return [
        {
          title: `virt-operator asks for a control-plane node, and none of the ${total} nodes is labelled as one`,
          object: reference('Deployment', operator.deployment),
          since: blocked.since,
          confidence: 'certain',
          evidence: [
            {
              text: `asks for one of the labels ${roles.map(roleLabel).join(', ')}`,
              source: `deployment/${name} node affinity`,
            },
            { text: `no node has any of them; there are ${total}`, source: 'nodes' },
            ...blocked.words,
          ],
          explains: blocked.gaps,
          next: blocked.ahead,
          mitigation: {
            action: 'relax-node-affinity',
            automatic: false,
            command: shell`kubectl -n ${namespace} patch deployment/${name} --type=json -p ${JSON.stringify([{ op: 'remove', path }])}`,
          },
        },
      ];
    });
  },
});
