import type { Lease } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { millis } from '../objects/meta/time.ts';
import { leaseState, leaseText, renewedAt } from '../objects/operator/lease.ts';

/** Certificates of one installation expire within a minute of each other. */
const TOGETHER_MS = 60_000;

export default defineRule({
  code: 'expired-control-plane-certs',
  rung: 'control-plane',
  severity: 'critical',
  meaning:
    'kube-controller-manager and kube-scheduler stopped in the same minute, while the API server still takes writes of others: what they have in common is the age of their certificates (one year with kubeadm).',
  impact: 'No pod is replaced or placed, in any namespace.',
  evidence:
    'The leases of kube-controller-manager and kube-scheduler are both 45 seconds overdue and stopped within one minute, while virt-operator or a kubelet renewed its own more than a minute later. Possible only: no certificate is read, and other things can stop both at once. It is told beside the cause.',
  remedy:
    'Look at their logs for Unauthorized or expired certificates; kubeadm certs renew all mends those of kubeadm.',
  commands: [
    'kubectl -n kube-system logs -l component=kube-controller-manager --tail=20',
    'kubectl -n kube-system logs -l component=kube-scheduler --tail=20',
  ],
  related: ['client-cert-expired', 'controller-manager-down', 'etcd-or-api-slow', 'scheduler-down'],
  needs: ['controllerManagerLease', 'schedulerLease', 'operatorLease'],
  wants: ['nodeLeases'],
  evaluate(seen) {
    const manager = leaseState(seen.controllerManagerLease, seen.readAt);
    const scheduler = leaseState(seen.schedulerLease, seen.readAt);
    const times = [manager, scheduler].map(({ renewTime }) => millis(renewTime) ?? Number.NaN);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    const stopped = [manager, scheduler].every(({ holder, dead }) => holder !== null && dead);
    if (!stopped || !(last - first <= TOGETHER_MS)) return [];
    const renewed = (lease: Lease) => millis(renewedAt(lease)) ?? 0;
    const others = list([seen.operatorLease, ...list(seen.nodeLeases)]);
    if (!others.some((lease) => renewed(lease) > last + TOGETHER_MS)) return [];
    const kubelets = list(seen.nodeLeases).filter((lease) => Math.abs(renewed(lease) - last) <= TOGETHER_MS);
    return [
      {
        title:
          'kube-controller-manager and kube-scheduler stopped in the same minute: their certificates may have expired',
        object: { kind: 'Lease', namespace: 'kube-system', name: 'kube-controller-manager' },
        since: manager.renewTime,
        confidence: 'possible',
        evidence: [
          { text: leaseText(manager), source: 'lease/kube-controller-manager in kube-system' },
          { text: leaseText(scheduler), source: 'lease/kube-scheduler in kube-system' },
          ...kubelets.map((lease) => ({
            text: 'its kubelet stopped in that minute too',
            source: `lease/${nameOf(lease)} in kube-node-lease`,
          })),
        ],
        explains: [],
        mitigation: {
          action: 'check-certificates',
          automatic: false,
          command: 'kubectl -n kube-system logs -l component=kube-controller-manager --tail=20',
        },
      },
    ];
  },
});
