import type { EvidenceItem } from '../../model/finding.ts';
import type { Lease } from '../../model/kubernetes.ts';
import { lastWriter } from '../meta/managed-fields.ts';
import { ageSeconds } from '../meta/time.ts';

/** client-go's default lease duration, used by kube-controller-manager, kube-scheduler and virt-operator alike (component-base/config/v1alpha1/defaults.go). */
export const DEFAULT_DURATION = 15;
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
  const renewTime = renewedAt(lease);
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

/** A renewal is sent for up to 10 seconds (client-go's default renew deadline), and its two times are taken at both ends of the way. */
const CLOCK_SECONDS = 15;

/** When a lease was last renewed: by its holder's clock, or by the API server's where the two differ. */
export function renewedAt(lease: Lease | null | undefined): string | null {
  const written = writtenAt(lease);
  const isSkewed = Math.abs(clockSkew(lease) ?? 0) > CLOCK_SECONDS;
  return isSkewed ? written : (lease?.spec?.renewTime ?? null);
}

/** How many seconds the holder's clock is ahead of the API server's; null where the API server does not say when it stored the renewal. */
export function clockSkew(lease: Lease | null | undefined): number | null {
  const written = writtenAt(lease);
  return written === null ? null : ageSeconds(lease?.spec?.renewTime ?? '', written);
}

/** The API server's own time of the last renewal (apimachinery v0.36 managedfields: written anew whenever an owned field changes). Who uses kubectl is not the holder. */
function writtenAt(lease: Lease | null | undefined): string | null {
  const writer = lease ? lastWriter(lease, ['spec', 'renewTime']) : null;
  return writer && !writer.manager.startsWith('kubectl') ? writer.time : null;
}

/** `last held by kcm-0, not renewed for 95s`; a renewal just now, or ahead of the reader's clock, is told as one. */
export function leaseText({ holder, age, late }: LeaseState): string {
  const held = holder ? `last held by ${holder}` : 'held by nobody';
  if (age === null) return `${held}, never renewed`;
  const seconds = Math.round(age);
  return late ? `${held}, not renewed for ${seconds}s` : `${held}, renewed ${Math.max(seconds, 0)}s ago`;
}

/** That somebody holds virt-operator's lease, as evidence. */
export function heldEvidence({ holder, renewTime }: LeaseState, namespace: string): EvidenceItem {
  return { text: `held by ${holder}, renewed at ${renewTime}`, source: `lease/virt-operator in ${namespace}` };
}
