import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { millis } from '../objects/meta/time.ts';
import { leaseState, leaseText, renewedAt } from '../objects/operator/lease.ts';
import { operatorOf, podGap, uncreatedGaps } from '../objects/operator/operator.ts';
import { isUnbound } from '../objects/pod/pod.ts';

/** What stops at one time stops within a lease or two. */
const TOGETHER_MS = 60_000;
/** A kubelet renews its lease every 10 seconds: one that did so after all others had stopped was stored. */
const STORED_MS = 15_000;

export default defineRule({
  code: 'etcd-or-api-slow',
  rung: 'control-plane',
  order: -1,
  severity: 'critical',
  meaning:
    'All leases stopped being renewed at one time, while the API server still answers reads: it stores nothing any more. etcd is full (its space alarm), too slow or without a quorum.',
  impact:
    'Every controller, kube-scheduler and virt-operator gave up; no status, event or object in the cluster changes.',
  evidence:
    "The leases of kube-controller-manager, kube-scheduler and virt-operator all have a holder, are all 45 seconds overdue, and stopped within one minute. Likely: no kubelet renewed the lease of its node since then either. Possible: there is no node's lease to compare with.",
  remedy:
    'Look at etcd: free space and compact, defragment and disarm its alarm, or repair its disks and members. All others come back by themselves.',
  commands: [
    "kubectl get --raw='/readyz?verbose'",
    'kubectl -n kube-system get pods -l component=etcd -o wide',
    'kubectl -n kube-system logs -l component=etcd --tail=50',
  ],
  related: [
    'api-degraded',
    'controller-manager-down',
    'expired-control-plane-certs',
    'etcd-full-or-slow-create',
    'leader-election-lost',
    'no-leader',
    'quota-of-events',
  ],
  needs: ['deployment', 'replicaSets', 'pods', 'operatorLease', 'controllerManagerLease', 'schedulerLease'],
  wants: ['nodeLeases'],
  evaluate(seen) {
    const leases = [
      { lease: seen.controllerManagerLease, source: 'lease/kube-controller-manager in kube-system' },
      { lease: seen.schedulerLease, source: 'lease/kube-scheduler in kube-system' },
      { lease: seen.operatorLease, source: `lease/virt-operator in ${seen.target.namespace}` },
    ].map(({ lease, source }) => ({ ...leaseState(lease, seen.readAt), source }));
    const times = leases.map(({ renewTime }) => millis(renewTime) ?? Number.NaN);
    const last = Math.max(...times);
    const renewed = list(seen.nodeLeases).some((lease) => (millis(renewedAt(lease)) ?? 0) > last + STORED_MS);
    const together = last - Math.min(...times) <= TOGETHER_MS;
    if (!together || renewed || leases.some(({ holder, dead }) => holder === null || !dead)) return [];
    const operator = operatorOf(seen);
    return [
      {
        title: 'the cluster stores nothing any more: all leases stopped being renewed at one time',
        object: { kind: 'Lease', namespace: 'kube-system', name: 'kube-controller-manager' },
        since: leases[0]?.renewTime ?? null,
        confidence: list(seen.nodeLeases).length > 0 ? 'likely' : 'possible',
        evidence: leases.map((lease) => ({ text: leaseText(lease), source: lease.source })),
        explains: [...uncreatedGaps(operator), 'rollout', 'leader', ...operator.unready.filter(isUnbound).map(podGap)],
        mitigation: { action: 'repair-etcd', automatic: false, command: "kubectl get --raw='/readyz?verbose'" },
      },
    ];
  },
});
