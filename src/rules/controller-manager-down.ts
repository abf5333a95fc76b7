import type { Confidence } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { controllerLag, hasTriedSince } from '../objects/control-plane/controller-lag.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { type LeaseState, leaseState, leaseText } from '../objects/operator/lease.ts';
import { isToBeMade, operatorOf, uncreatedGaps } from '../objects/operator/operator.ts';
import { repairComponent } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'controller-manager-down',
  rung: 'control-plane',
  severity: 'critical',
  meaning:
    'kube-controller-manager does not run: no ReplicaSet, pod or node status is brought up to date, in any namespace.',
  impact: 'Pods that are lost anywhere in the cluster are not replaced, and statuses keep saying what was true before.',
  evidence:
    "Its lease in kube-system is compared with the API server's clock. Certain: it was not renewed for 45 seconds, or has run out while work lies undone (a change of the Deployment that nobody looked at, a ReplicaSet that counts pods which are gone). Likely: only a few renewals are missed, with such work. Possible: there is such work and no lease to read. A newer attempt to make a pod acquits it.",
  remedy: 'Repair kube-controller-manager on the control-plane nodes (a static pod on most clusters).',
  commands: [
    'kubectl -n kube-system get lease kube-controller-manager -o yaml',
    'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
    'kubectl -n kube-system logs -l component=kube-controller-manager --tail=50',
  ],
  related: [
    'clock-skew',
    'etcd-or-api-slow',
    'expired-control-plane-certs',
    'scheduler-down',
    'observed-generation-lag',
    'controller-rbac-broken',
    'quota-status-unknown',
    'taint-not-ready',
    'taint-pressure',
    'node-deleted',
    'node-lease-stale-but-ready',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['controllerManagerLease', 'events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const lease = leaseState(seen.controllerManagerLease, seen.readAt);
    const known = !!seen.controllerManagerLease;
    const life = { events: seen.events, readAt: seen.readAt, aliveUntil: lease.renewTime };
    const lag = controllerLag(operator, life);
    const down = known ? lease.dead || (lease.late && lag.length > 0) : lag.length > 0;
    if (!down) return [];
    const source = `deployment/${nameOf(operator.deployment)} and its ReplicaSets`;
    const isIdle =
      lag.length > 0 || operator.replicaSets.length === 0 || (lease.dead && !hasTriedSince(operator, life));
    return [
      {
        title: 'kube-controller-manager does not run',
        object: { kind: 'Lease', namespace: 'kube-system', name: 'kube-controller-manager' },
        since: lease.renewTime,
        confidence: known ? sureness(lease) : 'possible',
        evidence: [
          ...(known ? [{ text: leaseText(lease), source: 'lease/kube-controller-manager in kube-system' }] : []),
          ...lag.map((text) => ({ text, source })),
        ],
        explains: isIdle ? [...uncreatedGaps(operator), 'rollout'] : [],
        next: lease.dead && (isToBeMade(operator) || operator.exists === false || operator.unready.length > 0),
        mitigation: {
          action: 'repair-controller-manager',
          automatic: false,
          command: 'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
          steps: repairComponent('kube-controller-manager'),
        },
      },
    ];
  },
});

function sureness({ alive }: LeaseState): Confidence {
  return alive ? 'likely' : 'certain';
}
