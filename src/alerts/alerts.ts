import type { Pod } from '../model/kubernetes.ts';
import type { Alert } from '../model/report.ts';
import { condition } from '../objects/condition.ts';
import type { LeaseState } from '../objects/lease.ts';
import type { Operator } from '../objects/operator.ts';
import { ageSeconds, later, millis } from '../objects/time.ts';
import { isAtLeast } from '../objects/version.ts';

export interface AlertInput {
  /** Without KubeVirt its alert rules do not exist either. */
  isInstalled: boolean;
  operator: Operator;
  /** Every labelled pod: the alerts count phases, also of pods that are being deleted. null when unread. */
  pods: readonly Pod[] | null;
  /** null when the lease could not be read. */
  lease: LeaseState | null;
  version: string | null;
  /** Since when the first cause is seen, if that is known. */
  causeSince: string | null;
  readAt: string;
}

/** Whether an alert's expression holds now, without its `for`; null when the objects cannot tell. */
type Expression = (input: AlertInput) => boolean | null;

interface Definition {
  name: string;
  minutes: number;
  holds: Expression;
  /** Since when it has held, where the objects tell. */
  since?: (input: AlertInput) => string | null;
}

/** KubeVirt pkg/monitoring/rules/alerts/virt-operator.go, tags v1.0.0 to v1.9.0; what changed between them is in each expression. */
const DEFINITIONS: readonly Definition[] = [
  { name: 'VirtOperatorDown', minutes: 10, holds: down, since: lastReady },
  { name: 'NoReadyVirtOperator', minutes: 10, holds: noReady, since: lastReady },
  { name: 'NoLeadingVirtOperator', minutes: 10, holds: noLeader, since: lastLed },
  { name: 'LowReadyVirtOperatorsCount', minutes: 10, holds: lowReady },
  { name: 'LowVirtOperatorCount', minutes: 60, holds: lowCount },
  { name: 'VirtOperatorRESTErrorsBurst', minutes: 5, holds: () => null },
];

/** What each alert of the virt-operator family should be doing, by the expression of the installed version and the objects alone. */
export function alertsOf(input: AlertInput): Alert[] {
  return DEFINITIONS.map(({ name, minutes, holds, since: sinceWhen }) => {
    const now = input.isInstalled ? holds(input) : false;
    const since = now ? (sinceWhen?.(input) ?? null) : null;
    return { name, state: stateOf(now, ageSeconds(input.readAt, since), minutes), since, falsePositive: false };
  });
}

function stateOf(holds: boolean | null, age: number | null, minutes: number): Alert['state'] {
  if (holds === null) return 'unknown';
  if (!holds) return 'inactive';
  return age !== null && age >= minutes * 60 ? 'firing' : 'pending';
}

/** The last sign of life of a leader, where none leads now. */
function lastLed({ lease }: AlertInput): string | null {
  return lease?.alive === false ? lease.renewTime : null;
}

/**
 * The last sign of life: of a leader; of the first of the present pods that stopped being Ready; of the Deployment while it was
 * available; or of a Deployment that was not scaled to 0 yet. No leader need have outlived the others.
 */
function lastReady(input: AlertInput): string | null {
  const { unready, deployment, desired } = input.operator;
  const stopped = unready.flatMap(({ status }) => condition(status?.conditions, 'Ready')?.lastTransitionTime ?? []);
  const [first] = stopped.toSorted((a, b) => (millis(a) ?? 0) - (millis(b) ?? 0));
  const available = condition(deployment?.status?.conditions, 'Available');
  const unavailable = available?.status === 'False' ? available.lastTransitionTime : null;
  const scaled = desired === 0 ? input.causeSince : null;
  const led = lastLed(input);
  return led === null ? null : [first, unavailable, scaled].reduce<string | null>(later, led);
}

/** Up to v1.8.3 it counts successful scrapes, of the port that the readiness probe asks; from v1.8.4 on, pods in phase Running. */
function down({ pods, operator, version }: AlertInput): boolean | null {
  if (!pods) return null;
  const byPhase = running(pods) === 0;
  const byScrape = operator.ready.length === 0;
  return either(isAtLeast(version, '1.8.4'), byPhase, byScrape);
}

/** One answer or the other, as a version decides; without a version only what both say. */
function either(decides: boolean | null, newer: boolean, older: boolean): boolean | null {
  if (decides === null) return newer === older ? newer : null;
  return decides ? newer : older;
}

function noReady({ pods, operator }: AlertInput): boolean | null {
  return pods && operator.ready.length === 0;
}

/** Without a pod that exports the metric the expression has no sample, and stays silent. */
function noLeader({ lease, operator }: AlertInput): boolean | null {
  if (!lease) return null;
  return operator.ready.length > 0 && !lease.alive;
}

/** Before v1.8.0 it compares with scrapes, of which a pod that is not ready gives none; from v1.8.4 on it leaves 0 to NoReadyVirtOperator. */
function lowReady({ pods, operator, version }: AlertInput): boolean | null {
  if (!pods) return null;
  const ready = operator.ready.length;
  if (ready >= running(pods)) return false;
  return isAtLeast(version, '1.8.4') ? ready > 0 : isAtLeast(version, '1.8.0');
}

/**
 * Up to v1.9.0 it counts scrapes. With 0 desired replicas it divides by zero and stays silent. Before v1.7.2 (and v1.6.5) it asked
 * for two pods whatever was desired, on clusters with more than one node.
 */
function lowCount({ pods, operator, version }: AlertInput): boolean | null {
  const { desired, ready } = operator;
  if (!pods || desired === null) return null;
  const byShare = desired > 0 && ready.length / desired < 0.75;
  const isFixed = isAtLeast(version, '1.6.5') && isAtLeast(version, '1.7.0') === false;
  return isFixed ? byShare : either(isAtLeast(version, '1.7.2'), byShare, ready.length < 2);
}

function running(pods: readonly Pod[]): number {
  return pods.filter((pod) => pod.status?.phase === 'Running').length;
}
