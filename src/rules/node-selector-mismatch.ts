import type { EvidenceItem, Mitigation } from '../model/finding.ts';
import type { Deployment, PodSpec } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { type BlockedPlacement, placementObservations } from '../objects/placement/blocked-placement.ts';
import { missingLabels, nodesWithRole, wantedRoles } from '../objects/placement/node-affinity.ts';
import type { Incoming } from '../objects/placement/pod-affinity.ts';
import { templateOf } from '../objects/pod/changed-pod.ts';

/** So many nodes that a pod does not admit are read one by one. */
const MOST_READ = 5;

export default defineRule({
  code: 'node-selector-mismatch',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'Nodes of the right role exist, but none has all the labels that the node selector or node affinity of the operator pods asks for.',
  impact: 'Operator pods stay Pending for good.',
  evidence:
    'Certain: an operator pod has no node, nodes of the role that it asks for exist, and none has all labels of its node selector and affinity. A label that the pod asks for and the Deployment does not was added when the pod was made.',
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
  needs: ['deployment', 'replicaSets', 'pods', 'nodes', 'nodeOverview'],
  evaluate(seen) {
    const { deployment } = operatorOf(seen);
    return placementObservations(seen, (blocked) => {
      const { pod } = blocked;
      if (!deployment || blocked.candidates.length > 0) return [];
      const fitting = nodesWithRole(seen.nodeOverview, wantedRoles(pod.spec));
      if (fitting.length === 0) return [];
      const lacking = list(seen.nodes)
        .filter((node) => fitting.includes(nameOf(node)))
        .map((node) => ({ name: nameOf(node), labels: missingLabels(pod.spec, node) }));
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
          mitigation: mitigation(deployment, labels),
        },
      ];
    });
  },
});

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

/** Only a node selector of the Deployment itself can be taken out by one line. */
function mitigation(deployment: Deployment, labels: readonly string[]): Mitigation {
  const namespace = deployment.metadata?.namespace ?? '';
  const selector = Object.entries(deployment.spec?.template?.spec?.nodeSelector ?? {});
  const [key] = selector.find(([name, value]) => labels.includes(`${name}=${value}`)) ?? [];
  if (key === undefined) return { action: 'label-node', automatic: false, command: 'kubectl get nodes --show-labels' };
  const path = `/spec/template/spec/nodeSelector/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return {
    action: 'relax-node-selector',
    automatic: false,
    command: shell`kubectl -n ${namespace} patch deployment/${nameOf(deployment)} --type=json -p ${JSON.stringify([{ op: 'remove', path }])}`,
  };
}
