import type { Node } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { frozenLeader } from '../objects/container/frozen-pod.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { leaseState, leaseText, renewedAt } from '../objects/operator/lease.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { describeNodes } from '../objects/remedy/manual-step.ts';

/** A live node lifecycle controller would have called the node Unknown after 50 seconds (Kubernetes 1.36 NodeMonitorGracePeriod). */
const SILENT_SECONDS = 60;

export default defineRule({
  code: 'node-lease-stale-but-ready',
  rung: 'node',
  severity: 'critical',
  meaning:
    "A node's kubelet no longer renews its lease, yet the node is still called Ready: kube-controller-manager, which should say otherwise, is not at work.",
  impact: 'Operator pods on that node are gone, though they look Running and Ready, and nothing replaces them.',
  evidence:
    "A Ready node with operator pods has not renewed its lease for more than 60 seconds, though it should be called Unknown after 50. Certain: the lease of kube-controller-manager has run out too. Possible: that lease could not be read, so that the node's clock may just be behind. Not told while kube-controller-manager is at work.",
  remedy: 'Repair kube-controller-manager first, then the node.',
  commands: [
    'kubectl -n kube-node-lease get lease NODE -o yaml',
    'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
  ],
  related: ['clock-skew', 'controller-manager-down', 'node-kubelet-stopped', 'kubelet-not-acting'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes', 'nodeLeases'],
  wants: ['controllerManagerLease'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const manager = leaseState(seen.controllerManagerLease, seen.readAt);
    if (seen.controllerManagerLease && manager.alive) return [];
    const silent = list(seen.nodes).flatMap((node) => {
      const lease = list(seen.nodeLeases).find((one) => nameOf(one) === nameOf(node));
      const since = renewedAt(lease);
      const age = ageSeconds(seen.readAt, since);
      const pods = operator.pods.filter((pod) => pod.spec?.nodeName === nameOf(node));
      return isReady(node) && age !== null && age > SILENT_SECONDS && pods.length > 0
        ? [{ node, age, pods, since }]
        : [];
    });
    const [first] = silent;
    if (!first) return [];
    const names = silent.map(({ node }) => nameOf(node)).join(', ');
    const frozen = silent.flatMap(({ pods }) => pods);
    return [
      {
        title: `${silent.length === 1 ? `node ${names} is` : `nodes ${names} are`} silent, but still called Ready`,
        object: { kind: 'Node', namespace: null, name: nameOf(first.node) },
        since: first.since,
        // A node's clock may simply be behind; only a kube-controller-manager that is at work would know.
        confidence: seen.controllerManagerLease ? 'certain' : 'possible',
        evidence: [
          ...silent.map(({ node, age }) => ({
            text: `not renewed for ${Math.round(age)}s, and the node's Ready is True`,
            source: `lease/${nameOf(node)} in kube-node-lease`,
          })),
          ...(seen.controllerManagerLease
            ? [{ text: leaseText(manager), source: 'lease/kube-controller-manager in kube-system' }]
            : []),
        ],
        explains: [
          ...frozen.filter((pod) => operator.unready.includes(pod)).map(podGap),
          ...frozenLeader(operator, frozen),
        ],
        mitigation: {
          action: 'repair-controller-manager',
          automatic: false,
          command: 'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
          steps: [
            'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
            'Repair kube-controller-manager first: it no longer calls silent nodes NotReady.',
            ...describeNodes(silent.map(({ node }) => nameOf(node))),
            `Then start the kubelets again (${names}); on each: systemctl status kubelet; journalctl -u kubelet`,
          ],
        },
      },
    ];
  },
});

function isReady(node: Node): boolean {
  return condition(node.status?.conditions, 'Ready')?.status === 'True';
}
