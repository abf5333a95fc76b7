import type { Node } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { commonStop } from '../objects/control-plane/common-stop.ts';
import { hasTriedSince } from '../objects/control-plane/controller-lag.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { millis } from '../objects/meta/time.ts';
import { leaseText } from '../objects/operator/lease.ts';
import { operatorOf, podGap, uncreatedGaps } from '../objects/operator/operator.ts';
import { isLeftToScheduler } from '../objects/pod/pod.ts';

/** How long certificates of kubeadm last (Kubernetes 1.36 cmd/kubeadm/app/constants/constants.go CertificateValidityPeriod). */
const YEAR_MS = 365 * 24 * 3600_000;
/** kubeadm makes them some minutes before the node. */
const NEARLY_MS = 3600_000;

export default defineRule({
  code: 'expired-control-plane-certs',
  rung: 'control-plane',
  order: -1,
  severity: 'critical',
  meaning:
    'kube-controller-manager and kube-scheduler stopped in the same minute, while the API server still takes writes of others: what they have in common is the age of their certificates (one year with kubeadm).',
  impact: 'No pod is replaced or placed, in any namespace.',
  evidence:
    'The leases of kube-controller-manager and kube-scheduler are both 45 seconds overdue and stopped within one minute, while virt-operator or a kubelet renewed its own more than a minute later. Likely: a kubelet stopped in that minute too, or it was a year (or years) to the hour after a control-plane node was made. Else possible, and told beside the cause: no certificate is read, and other things can stop both at once.',
  remedy:
    'On a control-plane node: kubeadm certs check-expiration; kubeadm certs renew all mends those of kubeadm, and kube-apiserver, kube-controller-manager, kube-scheduler and etcd have to be restarted after it. Elsewhere look at their logs for Unauthorized or expired certificates.',
  commands: [
    'kubectl -n kube-system logs -l component=kube-controller-manager --tail=20',
    'kubectl -n kube-system logs -l component=kube-scheduler --tail=20',
  ],
  related: ['client-cert-expired', 'controller-manager-down', 'etcd-or-api-slow', 'scheduler-down'],
  needs: ['controllerManagerLease', 'schedulerLease', 'operatorLease'],
  wants: ['nodeLeases', 'nodes', 'deployment', 'replicaSets', 'pods', 'events'],
  evaluate(seen) {
    const stop = commonStop(seen);
    if (!stop) return [];
    const { manager, scheduler, kubelets } = stop;
    const old = yearsBefore(list(seen.nodes), stop.time);
    const isLikely = kubelets.length > 0 || old.length > 0;
    const { deployment = null, replicaSets = null, pods = null } = seen;
    const operator = operatorOf({ deployment, replicaSets, pods });
    // A newer attempt to make a pod shows that a controller runs.
    const life = { events: seen.events, aliveUntil: manager.renewTime };
    const unmade = hasTriedSince(operator, life) ? [] : [...uncreatedGaps(operator), 'rollout'];
    const who = [
      'kube-controller-manager',
      'kube-scheduler',
      ...(kubelets.length > 0 ? [`the ${kubelets.length === 1 ? 'kubelet' : 'kubelets'} of ${named(kubelets)}`] : []),
    ];
    const logs = 'kubectl -n kube-system logs -l component=kube-controller-manager --tail=20';
    return [
      {
        title: `${who.slice(0, -1).join(', ')} and ${who.at(-1)} stopped in the same minute: their certificates ${isLikely ? 'have most likely' : 'may have'} expired`,
        object: { kind: 'Lease', namespace: 'kube-system', name: 'kube-controller-manager' },
        since: manager.renewTime,
        confidence: isLikely ? 'likely' : 'possible',
        evidence: [
          { text: leaseText(manager), source: 'lease/kube-controller-manager in kube-system' },
          { text: leaseText(scheduler), source: 'lease/kube-scheduler in kube-system' },
          ...kubelets.map((name) => ({
            text: 'its kubelet stopped in that minute too',
            source: `lease/${name} in kube-node-lease`,
          })),
          ...old.map(({ node, years }) => ({
            text: `made ${years === 1 ? 'a year' : `${years} years`} before that, to the hour: certificates of kubeadm last one year`,
            source: `node/${nameOf(node)} metadata.creationTimestamp`,
          })),
        ],
        explains: isLikely ? [...unmade, ...operator.pods.filter(isLeftToScheduler).map(podGap)] : [],
        mitigation: {
          action: 'check-certificates',
          automatic: false,
          command: logs,
          steps: [
            logs,
            'kubectl -n kube-system logs -l component=kube-scheduler --tail=20',
            `On each control-plane node${old.length > 0 ? ` (${named(old.map(({ node }) => nameOf(node)))})` : ''}: kubeadm certs check-expiration, then kubeadm certs renew all.`,
            'Then restart kube-apiserver, kube-controller-manager, kube-scheduler and etcd there, for they read certificates when they start, and systemctl restart kubelet.',
            ...kubelets.slice(0, 3).map((name) => shell`kubectl describe node ${name}`),
          ],
        },
      },
    ];
  },
});

/** Control-plane nodes that were made whole years before a time. */
function yearsBefore(nodes: readonly Node[], time: number): { node: Node; years: number }[] {
  return nodes.flatMap((node) => {
    const age = time - (millis(node.metadata?.creationTimestamp) ?? Number.NaN);
    const years = Math.round(age / YEAR_MS);
    const isControlPlane = 'node-role.kubernetes.io/control-plane' in (node.metadata?.labels ?? {});
    return isControlPlane && years > 0 && Math.abs(age - years * YEAR_MS) <= NEARLY_MS ? [{ node, years }] : [];
  });
}

/** The first three of these names, and how many more there are. */
function named(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
