import type { NodeOverview } from '../model/evidence.ts';
import type { Confidence, EvidenceItem } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { type BlockedPlacement, placementObservations } from '../objects/placement/blocked-placement.ts';
import {
  asksForRoleAlone,
  nodesWithRole,
  OS_LABEL,
  roleLabel,
  wantedRoles,
} from '../objects/placement/node-affinity.ts';
import { isNoneMeant } from '../objects/placement/told-placement.ts';

export default defineRule({
  code: 'no-control-plane-node',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'From KubeVirt 1.7 on the operator asks for a node with a control-plane role label, and no node has one: usual where the control plane is hosted elsewhere.',
  impact: 'Operator pods stay Pending for good.',
  evidence:
    'Certain: an operator pod has no node, its required node affinity asks for a role label, and of all nodes that `kubectl get nodes` would list none has that role. Likely where the nodes could not be read, the pod asks for nothing else, and the scheduler says that no node is what it asks for.',
  remedy:
    "Take the requirement out of the Deployment's node affinity (through its owner, should it have one), or label a node; a label may mean more to other controllers.",
  commands: [
    'kubectl get nodes --show-labels',
    'kubectl -n NAMESPACE patch deployment/virt-operator --type=json -p \'[{"op":"remove","path":"/spec/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"}]\'',
    'kubectl label node NODE node-role.kubernetes.io/control-plane=',
  ],
  related: ['no-nodes', 'node-selector-mismatch'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodeOverview'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    return placementObservations(seen, (blocked) => {
      const { deployment } = operator;
      const roles = wantedRoles(deployment?.spec?.template?.spec);
      if (!deployment || blocked.candidates.length > 0 || roles.length === 0) return [];
      const lack = isNoneMeant(blocked) ? toldLack(blocked) : lackOf(blocked, seen.nodeOverview, roles);
      if (!lack) return [];
      const namespace = deployment.metadata?.namespace ?? '';
      const name = deployment.metadata?.name ?? '';
      const path = '/spec/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution';
      return [
        {
          title: `virt-operator asks for a control-plane node, and ${lack.title}`,
          object: reference('Deployment', deployment),
          since: blocked.since,
          confidence: lack.confidence,
          evidence: [
            {
              text: `asks for one of the labels ${roles.map(roleLabel).join(', ')}`,
              source: `deployment/${name} node affinity`,
            },
            ...lack.evidence,
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

interface Lack {
  title: string;
  confidence: Confidence;
  evidence: EvidenceItem[];
}

function toldLack({ pod }: BlockedPlacement): Lack | null {
  if (!asksForRoleAlone(pod.spec)) return null;
  return { title: 'the scheduler finds none', confidence: 'likely', evidence: [] };
}

function lackOf(
  { pod }: BlockedPlacement,
  overview: NodeOverview | null | undefined,
  roles: readonly string[],
): Lack | null {
  const total = overview?.total ?? 0;
  if (total === 0 || nodesWithRole(overview, roles).length > 0) return null;
  // Of more nodes than were listed, those of the role alone would have been read.
  const selected = Object.keys(pod.spec?.nodeSelector ?? {}).some((key) => key !== OS_LABEL);
  if (selected && total > list(overview?.nodes).length) return null;
  return {
    title: `none of the ${total} nodes is labelled as one`,
    confidence: 'certain',
    evidence: [{ text: `no node has any of them; there are ${total}`, source: 'nodes' }],
  };
}
