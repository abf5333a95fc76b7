import type { EvidenceValues } from '../../model/evidence.ts';
import type { Gap } from '../../model/finding.ts';
import type { Lease, Namespace } from '../../model/kubernetes.ts';
import { type PodWebhook, withFaults } from '../creation/webhook.ts';
import { leaderState } from '../operator/leader.ts';
import { type LeaseState, leaseState } from '../operator/lease.ts';
import { operatorOf, podGap, uncreatedGaps } from '../operator/operator.ts';
import { isUnbound } from '../pod/pod.ts';
import { leaseWebhooks } from './heartbeat-webhook.ts';

/** The labels that the API server gives kube-system. */
export const KUBE_SYSTEM = { 'kubernetes.io/metadata.name': 'kube-system' };

/** A leader-election lease that is overdue, and what the operator lacks because nobody holds it. */
export interface StoppedLeader {
  name: string;
  state: LeaseState;
  gaps: Gap[];
}

type LeaderReads = Parameters<typeof operatorOf>[0] & {
  readonly readAt: string;
  readonly namespace?: Namespace | null | undefined;
  readonly operatorLease?: Lease | null | undefined;
  readonly controllerManagerLease?: Lease | null | undefined;
  readonly schedulerLease?: Lease | null | undefined;
  readonly webhooks?: EvidenceValues['webhooks'] | null | undefined;
  readonly webhookServices?: EvidenceValues['webhookServices'] | null | undefined;
  readonly webhookEndpoints?: EvidenceValues['webhookEndpoints'] | null | undefined;
};

/** Webhooks that nobody serves and that must agree to each renewal of leases, with the leases that stopped; not one of those may still be renewed. */
export function leaseBlockers(
  seen: LeaderReads,
): { webhook: PodWebhook & { fault: string | null }; stopped: StoppedLeader[] }[] {
  const leaders = leadersOf(seen);
  const faulty = (labels: Labels) =>
    withFaults(leaseWebhooks(seen.webhooks, labels), seen).filter(({ fault }) => fault !== null);
  const found = leaders.flatMap((leader) => faulty(leader.labels).map((webhook) => ({ webhook, leader })));
  return [...Map.groupBy(found, ({ webhook }) => webhook.webhook)].flatMap(([, asked]) => {
    const stopped = asked.map(({ leader }) => leader);
    const [first] = asked;
    return first && stopped.every(({ state }) => state.late && !state.alive)
      ? [{ webhook: first.webhook, stopped }]
      : [];
  });
}

type Labels = Readonly<Record<string, string | null | undefined>>;

/** Who holds a lease that the operator depends on; a lease that does not exist or was not read says nothing. */
function leadersOf(seen: LeaderReads): (StoppedLeader & { labels: Labels })[] {
  const operator = operatorOf(seen);
  const of = (name: string, lease: Lease | null | undefined, gaps: Gap[]) =>
    lease ? [{ name, labels: KUBE_SYSTEM, state: leaseState(lease, seen.readAt), gaps }] : [];
  const own = seen.operatorLease;
  return [
    ...of('kube-controller-manager', seen.controllerManagerLease, [...uncreatedGaps(operator), 'rollout']),
    ...of('kube-scheduler', seen.schedulerLease, operator.unready.filter(isUnbound).map(podGap)),
    ...(own && operator.ready.length > 0
      ? [
          {
            name: 'virt-operator',
            labels: seen.namespace?.metadata?.labels ?? {},
            state: leaderState(own, seen.pods ?? undefined, seen.readAt),
            gaps: ['leader' as const],
          },
        ]
      : []),
  ];
}
