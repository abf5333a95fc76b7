import type { Mitigation } from '../model/finding.ts';
import type { Lease, Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { standstills } from '../objects/container/idle-log.ts';
import { condition } from '../objects/meta/condition.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds, later, millis } from '../objects/meta/time.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { leaseText } from '../objects/operator/lease.ts';
import { operatorOf } from '../objects/operator/operator.ts';

/** A new process waits out the lease of another one, 15 seconds from when it first sees it (client-go v0.36 tools/leaderelection/leaderelection.go tryAcquireOrRenew). */
const STARTING_SECONDS = 45;

export default defineRule({
  code: 'no-leader',
  rung: 'leader',
  severity: 'critical',
  meaning: 'Operator pods are Ready, but none holds the lease: Ready only means that the metrics port answers.',
  impact: 'Nothing is installed, upgraded, repaired or rotated, while Deployment and pods look healthy.',
  evidence:
    'Operator pods are Ready, and the lease is not held by an operator pod that exists and renews it. Certain: it was not renewed for three times its duration (45 seconds), and every Ready pod has been so for as long. Possible before that: a pod may be about to take it.',
  remedy:
    "Look where the operator's log stops: before the lease (informers that never sync, a missing CRD or right) or at the lease (API server or etcd too slow). Deleting one pod at a time restarts it. A lease that somebody gave a long duration keeps every pod waiting: delete the lease.",
  commands: [
    'kubectl -n NAMESPACE get lease virt-operator -o yaml',
    'kubectl -n NAMESPACE logs POD --tail=50',
    'kubectl virtop wait',
    'kubectl -n NAMESPACE delete pod POD',
    'kubectl -n NAMESPACE delete lease virt-operator',
  ],
  related: [
    'kubevirt-crd-missing',
    'etcd-or-api-slow',
    'label-drift',
    'crash-rbac',
    'informers-never-sync',
    'leader-election-lost',
  ],
  needs: ['deployment', 'replicaSets', 'pods', 'operatorLease'],
  wants: ['operatorLogs'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const lease = leaderState(seen.operatorLease, seen.pods, seen.readAt);
    const [pod] = operator.ready;
    if (!pod || lease.alive) return [];
    const namespace = pod.metadata?.namespace ?? '';
    const tooLong = lease.holder === null ? null : tooLongDuration(seen.operatorLease);
    const isSure = lease.dead && operator.ready.every((one) => hadTime(one, seen.readAt));
    const holds = operator.pods.some((one) => nameOf(one) === lease.holder);
    return [
      {
        title: `${operator.ready.length} operator ${operator.ready.length === 1 ? 'pod is' : 'pods are'} Ready, but none leads`,
        object: { kind: 'Lease', namespace, name: 'virt-operator' },
        since: later(lease.renewTime, readySince(operator.ready)),
        confidence: isSure ? 'certain' : 'possible',
        evidence: [
          { text: leaseText(lease), source: `lease/virt-operator in ${namespace}` },
          ...(lease.holder && !holds
            ? [{ text: `no operator pod is called ${lease.holder}`, source: `pods in ${namespace}` }]
            : []),
          ...(tooLong === null
            ? []
            : [
                {
                  text: `leaseDurationSeconds is ${tooLong}: so long every other pod waits from when it first sees the lease`,
                  source: `lease/virt-operator in ${namespace} spec`,
                },
              ]),
          ...standstills(operator.ready, seen.operatorLogs).map(({ words }) => words),
        ],
        explains: ['leader'],
        mitigation: mitigationOf(namespace, isSure ? pod : null, tooLong !== null),
      },
    ];
  },
});

function mitigationOf(namespace: string, pod: Pod | null, tooLong: boolean): Mitigation {
  if (!pod) return { action: 'wait-for-leader', automatic: false, command: 'kubectl virtop wait' };
  if (tooLong) {
    const command = shell`kubectl -n ${namespace} delete lease virt-operator`;
    return { action: 'delete-lease', automatic: false, command };
  }
  return { action: 'restart-pod', automatic: true, command: shell`kubectl -n ${namespace} delete pod ${nameOf(pod)}` };
}

/** Since when a pod could have led: the first that became Ready. */
function readySince(ready: readonly Pod[]): string | null {
  const times = ready.map((pod) => condition(pod.status?.conditions, 'Ready')?.lastTransitionTime ?? null);
  return times.toSorted((a, b) => (millis(a) ?? 0) - (millis(b) ?? 0))[0] ?? null;
}

/** A lease's duration that virt-operator did not write: whoever wants to lead waits for the one that is written (client-go v0.36 leaderelection.go isLeaseValid). */
function tooLongDuration(lease: Lease | null): number | null {
  const seconds = lease?.spec?.leaseDurationSeconds ?? 0;
  return seconds > STARTING_SECONDS ? seconds : null;
}

function hadTime(pod: Pod, readAt: string): boolean {
  const since = ageSeconds(readAt, condition(pod.status?.conditions, 'Ready')?.lastTransitionTime);
  return since === null || since >= STARTING_SECONDS;
}
