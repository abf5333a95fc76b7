import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { leaseState, leaseText } from '../objects/operator/lease.ts';
import { isToBeMade, operatorOf, podGap } from '../objects/operator/operator.ts';
import { isLeftToScheduler } from '../objects/pod/pod.ts';
import { repairComponent } from '../objects/remedy/manual-step.ts';

/** A running scheduler writes its verdict into a pod within a second or two. */
const PATIENCE_SECONDS = 30;

export default defineRule({
  code: 'scheduler-down',
  rung: 'control-plane',
  order: 1,
  severity: 'critical',
  meaning: 'kube-scheduler does not run: new pods get no node, and nothing writes down why.',
  impact: 'No pod in the cluster that is created now will start.',
  evidence:
    "Its lease in kube-system is compared with the API server's clock. Certain: it was not renewed for 45 seconds (then for pods that found no node before, too), or has run out while an operator pod has no node and no PodScheduled condition. Likely: with such a pod, the lease is merely late, or there is none to read and the pod is older than 30 seconds. Pods with a scheduling gate or another scheduler do not count.",
  remedy: 'Repair kube-scheduler on the control-plane nodes (a static pod on most clusters).',
  commands: [
    'kubectl -n kube-system get lease kube-scheduler -o yaml',
    'kubectl -n kube-system get pods -l component=kube-scheduler -o wide',
    'kubectl -n kube-system logs -l component=kube-scheduler --tail=50',
  ],
  related: [
    'controller-manager-down',
    'expired-control-plane-certs',
    'scheduler-error',
    'scheduling-gated',
    'unknown-scheduler-name',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['schedulerLease'],
  evaluate(seen) {
    const lease = leaseState(seen.schedulerLease, seen.readAt);
    const known = !!seen.schedulerLease;
    const operator = operatorOf(seen);
    const waiting = operator.pods.filter(isLeftToScheduler);
    const ignored = waiting.filter((pod) => condition(pod.status?.conditions, 'PodScheduled') === null);
    const overdue = ignored.filter(
      (pod) => (ageSeconds(seen.readAt, pod.metadata?.creationTimestamp) ?? 0) > PATIENCE_SECONDS,
    );
    const down = known ? lease.dead || (lease.late && ignored.length > 0) : overdue.length > 0;
    if (!down) return [];
    return [
      {
        title: 'kube-scheduler does not run',
        object: { kind: 'Lease', namespace: 'kube-system', name: 'kube-scheduler' },
        since: lease.renewTime,
        confidence: known && !lease.alive ? 'certain' : 'likely',
        evidence: [
          ...(known ? [{ text: leaseText(lease), source: 'lease/kube-scheduler in kube-system' }] : []),
          ...ignored.map((pod) => ({
            text: 'has no node, and no scheduler has looked at it',
            source: `pod/${nameOf(pod)}`,
          })),
        ],
        // Nobody looks again at a pod that found no node while the scheduler ran.
        explains: (lease.dead ? waiting : ignored).map(podGap),
        next:
          lease.dead &&
          waiting.length === 0 &&
          (isToBeMade(operator) || operator.exists === false || operator.unready.length > 0),
        mitigation: {
          action: 'repair-scheduler',
          automatic: false,
          command: 'kubectl -n kube-system get pods -l component=kube-scheduler -o wide',
          steps: repairComponent('kube-scheduler'),
        },
      },
    ];
  },
});
