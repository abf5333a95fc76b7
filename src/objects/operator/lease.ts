import type { EvidenceItem } from '../../model/finding.ts';
import type { Lease } from '../../model/kubernetes.ts';
import { ageSeconds } from '../meta/time.ts';

/** client-go's default lease duration, used by kube-controller-manager, kube-scheduler and virt-operator alike (component-base/config/v1alpha1/defaults.go). */
const DEFAULT_DURATION = 15;
/** Clocks are read to the second, and a renewal may be on its way. */
const SLACK = 5;
/** client-go's default retry period is 2 seconds. */
const LATE = 8;

export interface LeaseState {
  holder: string | null;
  renewTime: string | null;
  /** Seconds since the holder last renewed; null when it never did. */
  age: number | null;
  /** Whether somebody holds the lease now. A holder's name stays after its process died: only the age tells. */
  alive: boolean;
  /** Renewals are overdue: client-go renews every 2 seconds, so several were missed. */
  late: boolean;
  /** Not renewed for three durations: no hand-over explains that, nor a holder that gave it up (with a duration of one second). */
  dead: boolean;
}

/** Reads a leader-election Lease at a time. */
export function leaseState(lease: Lease | null | undefined, readAt: string): LeaseState {
  const holder = lease?.spec?.holderIdentity || null;
  const renewTime = lease?.spec?.renewTime ?? null;
  const duration = lease?.spec?.leaseDurationSeconds ?? DEFAULT_DURATION;
  const age = ageSeconds(readAt, renewTime);
  const alive = holder !== null && age !== null && age <= duration + SLACK;
  const patience = Math.max(duration, DEFAULT_DURATION) * 3;
  return {
    holder,
    renewTime,
    age,
    alive,
    late: holder === null || age === null || age > LATE,
    dead: age === null || age > patience,
  };
}

/** `last held by kcm-0, not renewed for 95s`. */
export function leaseText({ holder, age }: LeaseState): string {
  const held = holder ? `last held by ${holder}` : 'held by nobody';
  return age === null ? `${held}, never renewed` : `${held}, not renewed for ${Math.round(age)}s`;
}

/** That somebody holds virt-operator's lease, as evidence. */
export function heldEvidence({ holder, renewTime }: LeaseState, namespace: string): EvidenceItem {
  return { text: `held by ${holder}, renewed at ${renewTime}`, source: `lease/virt-operator in ${namespace}` };
}
