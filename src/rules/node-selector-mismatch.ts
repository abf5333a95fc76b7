import type { EvidenceItem, Mitigation, Observation } from '../model/finding.ts';
import type { Deployment, Node, PodSpec } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { type BlockedPlacement, placementObservations } from '../objects/placement/blocked-placement.ts';
import { asksForRoleAlone, missingLabels, nodesWithRole, wantedRoles } from '../objects/placement/node-affinity.ts';
import type { Incoming } from '../objects/placement/pod-affinity.ts';
import { isNoneMeant, onlyTold } from '../objects/placement/told-placement.ts';
import { templateOf } from '../objects/pod/changed-pod.ts';
import { admitNode } from '../objects/remedy/relax-selection.ts';

/** So many nodes that a pod does not admit are read one by one. */
const MOST_READ = 5;
const LABEL = { action: 'label-node', automatic: false, command: 'kubectl get nodes --show-labels' };

export default defineRule({
  code: 'node-selector-mismatch',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'Nodes of the right role exist, but none has all the labels that the node selector or node affinity of the operator pods asks for.',
  impact: 'Operator pods stay Pending for good.',
  evidence:
    'Certain: an operator pod has no node, nodes of the role that it asks for exist, and none has all labels of its node selector and affinity. Likely where the nodes could not be read and the scheduler says that no node is what the pod asks for. A label that the pod asks for and the Deployment does not was added when the pod was made.',
  remedy:
    'Take the requirement out of where it was put (the Deployment, or a node selector that admission adds for the namespace), or label a node.',
  commands: [
    'kubectl get nodes --show-labels',
    'kubectl -n NAMESPACE patch deployment/virt-operator --type=json -p \'[{"op":"remove","path":"/spec/template/spec/nodeSelector/KEY"}]\'',
    'kubectl label node NODE KEY=VALUE',
  ],
  related: [
    'podnodeselector-conflict',
    'no-control-plane-node',
    'taint-untolerated-custom',
    'kubelet-admission-rejected',
    'image-arch-mismatch',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodeOverview'],
  evaluate(seen) {
    const { deployment } = operatorOf(seen);
    return placementObservations(seen, (blocked) => {
      const { pod } = blocked;
      if (!deployment || blocked.candidates.length > 0) return [];
      if (!blocked.nodesRead) return told(blocked);
      const fitting = nodesWithRole(seen.nodeOverview, wantedRoles(pod.spec));
      if (fitting.length === 0) return [];
      const nodes = list(seen.nodes).filter((node) => fitting.includes(nameOf(node)));
      const lacking = nodes.map((node) => ({ name: nameOf(node), labels: missingLabels(pod.spec, node) }));
      if (isUnread(blocked, lacking.length, fitting.length)) return [];
      const labels = [...new Set(lacking.flatMap((one) => one.labels))];
      return [
        {
          title: `no node has the labels that virt-operator asks for${labels.length > 0 ? `: ${labels.join(', ')}` : ''}`,
          object: reference('Deployment', deployment),
          since: blocked.since,
          confidence: 'certain',
          evidence: [
            ...lacking.map((one) => ({
              text: `lacks ${one.labels.join(', ')}`,
              source: `node/${one.name} metadata.labels`,
            })),
            ...addedSelector(pod, templateOf(pod, list(seen.replicaSets)) ?? deployment.spec?.template?.spec),
            ...blocked.words,
          ],
          explains: blocked.gaps,
          next: blocked.ahead,
          mitigation: mitigation(deployment, pod, nodes),
        },
      ];
    });
  },
});

/** What is told where the nodes could not be read; that no node has a role alone is another cause. */
function told(blocked: BlockedPlacement): Observation[] {
  if (!isNoneMeant(blocked) || asksForRoleAlone(blocked.pod.spec)) return [];
  return onlyTold(blocked, /node affinity/, () => 'no node has the labels that virt-operator asks for', LABEL);
}

/** What a pod's node selector has beyond that of its template. */
function addedSelector(pod: Incoming, template: PodSpec | null | undefined): EvidenceItem[] {
  const added = Object.entries(pod.spec?.nodeSelector ?? {})
    .filter(([key]) => template?.nodeSelector?.[key] === undefined)
    .map(([key, value]) => `${key}=${value}`);
  const text = `${added.join(', ')} is not in the template: admission added it`;
  return added.length > 0 ? [{ text, source: `pod/${nameOf(pod)} spec.nodeSelector` }] : [];
}

/** Whether a node of the role that was to be read was not: it may have the labels. */
function isUnread({ ahead }: BlockedPlacement, read: number, fitting: number): boolean {
  return !ahead && read < Math.min(fitting, MOST_READ);
}

/** What the Deployment itself asks for can be taken out by one line, for the node that lacks least; what admission adds cannot. */
function mitigation(deployment: Deployment, pod: Incoming, nodes: readonly Node[]): Mitigation {
  const [nearest] = nodes.toSorted((a, b) => lacks(pod.spec, a) - lacks(pod.spec, b));
  const template = deployment.spec?.template?.spec;
  const isOwn = nearest && lacks(template, nearest) === lacks(pod.spec, nearest);
  const command = isOwn ? admitNode(deployment, nearest) : null;
  return command === null ? LABEL : { action: 'relax-node-selector', automatic: false, command };
}

function lacks(spec: PodSpec | null | undefined, node: Node): number {
  return missingLabels(spec, node).length;
}
