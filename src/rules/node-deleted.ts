import type { Mitigation } from '../model/finding.ts';
import type { Deployment, Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { frozenLeader } from '../objects/container/frozen-pod.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { pinnedNode, unpin } from '../objects/placement/pinned-template.ts';

export default defineRule({
  code: 'node-deleted',
  rung: 'node',
  severity: 'critical',
  meaning: 'Operator pods are bound to a node that no longer exists: what their status says is what was last true.',
  impact: 'Those pods do not run. kube-controller-manager removes them about a minute after the node went.',
  evidence: 'Certain: the list of nodes is complete, and an operator pod is bound to a name that is not in it.',
  remedy:
    "Wait for the garbage collector of pods (40 seconds and more), or delete the pods; if they stay, look at kube-controller-manager. Where the Deployment's template names the node, take that out: each new pod would be bound to it again.",
  commands: [
    'kubectl get nodes',
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator -o wide',
    'kubectl -n NAMESPACE delete pod POD --force --grace-period=0',
    'kubectl -n NAMESPACE patch deployment/virt-operator --type=json -p \'[{"op":"remove","path":"/spec/template/spec/nodeName"}]\'',
  ],
  related: ['controller-manager-down', 'no-nodes', 'node-kubelet-stopped'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes', 'nodeOverview'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const overview = seen.nodeOverview;
    const listed = list(overview?.nodes).map(({ name }) => name);
    if (!overview || !seen.nodes || overview.total > listed.length) return [];
    const known = new Set([...listed, ...seen.nodes.map(nameOf)]);
    const orphans = operator.pods.filter((pod) => pod.spec?.nodeName && !known.has(pod.spec.nodeName));
    const [pod] = orphans;
    if (!pod) return [];
    const pinnedTo = pinnedNode(operator.deployment);
    const gone = [...new Set(orphans.map((one) => one.spec?.nodeName ?? ''))].sort();
    return [
      {
        title:
          pinnedTo && gone.includes(pinnedTo)
            ? `virt-operator's pods are bound to node ${pinnedTo} by their template, and there is no such node`
            : `${gone.length === 1 ? 'node' : 'nodes'} ${gone.join(', ')} of virt-operator's pods ${gone.length === 1 ? 'was' : 'were'} deleted`,
        object: { kind: 'Node', namespace: null, name: gone[0] ?? '' },
        since: null,
        confidence: 'certain',
        evidence: orphans.map((one) => ({
          text: `bound to ${one.spec?.nodeName}, which does not exist`,
          source: `pod/${nameOf(one)} spec.nodeName`,
        })),
        explains: [
          ...orphans.filter((one) => operator.unready.includes(one)).map(podGap),
          ...frozenLeader(operator, orphans),
        ],
        mitigation:
          pinnedTo && gone.includes(pinnedTo)
            ? unpinned(operator.deployment, orphans)
            : {
                action: 'force-delete-pod',
                automatic: true,
                command: shell`kubectl -n ${pod.metadata?.namespace} delete pod ${orphans.map(nameOf)} --force --grace-period=0`,
              },
      },
    ];
  },
});

/** First the template, or each new pod would be bound to that node again; the pods of a node that is gone end only by force. */
function unpinned(deployment: Deployment | null, orphans: readonly Pod[]): Mitigation {
  const mitigation = unpin(deployment);
  const namespace = orphans[0]?.metadata?.namespace;
  const remove = shell`kubectl -n ${namespace} delete pod ${orphans.map(nameOf)} --force --grace-period=0`;
  return { ...mitigation, steps: [mitigation.command, remove] };
}
