import type { Pod } from '../model/kubernetes.ts';
import type { Alert } from '../model/report.ts';
import type { LeaseState } from '../objects/lease.ts';
import type { Operator } from '../objects/operator.ts';
import { ageSeconds } from '../objects/time.ts';
import { isAtLeast } from '../objects/version.ts';

export interface AlertInput {
  operator: Operator;
  /** Every labelled pod: the alerts count phases, also of pods that are being deleted. null when unread. */
  pods: readonly Pod[] | null;
  /** null when the lease could not be read. */
  lease: LeaseState | null;
  version: string | null;
  readAt: string;
}

/** Whether an alert's expression holds now, without its `for`; null when the objects cannot tell. */
type Expression = (input: AlertInput) => boolean | null;

interface Definition {
  name: string;
  minutes: number;
  holds: Expression;
}

/** KubeVirt pkg/monitoring/rules/alerts/virt-operator.go, tags v1.0.0 to v1.9.0; what changed between them is in each expression. */
const DEFINITIONS: readonly Definition[] = [
  { name: 'VirtOperatorDown', minutes: 10, holds: down },
  { name: 'NoReadyVirtOperator', minutes: 10, holds: ({ pods, operator }) => pods && operator.ready.length === 0 },
  { name: 'NoLeadingVirtOperator', minutes: 10, holds: noLeader },
  { name: 'LowReadyVirtOperatorsCount', minutes: 10, holds: lowReady },
  { name: 'LowVirtOperatorCount', minutes: 60, holds: lowCount },
  { name: 'VirtOperatorRESTErrorsBurst', minutes: 5, holds: () => null },
];

/** What each alert of the virt-operator family should be doing, by the expression of the installed version and the objects alone. */
export function alertsOf(input: AlertInput): Alert[] {
  return DEFINITIONS.map(({ name, minutes, holds }) => {
    const now = holds(input);
    const since = now && input.lease?.alive === false ? input.lease.renewTime : null;
    return { name, state: stateOf(now, ageSeconds(input.readAt, since), minutes), since, falsePositive: false };
  });
}

function stateOf(holds: boolean | null, age: number | null, minutes: number): Alert['state'] {
  if (holds === null) return 'unknown';
  if (!holds) return 'inactive';
  return age !== null && age >= minutes * 60 ? 'firing' : 'pending';
}

/** Up to v1.8.3 it counts successful scrapes, of the port that the readiness probe asks; from v1.8.4 on, pods in phase Running. */
function down({ pods, operator, version }: AlertInput): boolean | null {
  if (!pods) return null;
  const byPhase = running(pods) === 0;
  const byScrape = operator.ready.length === 0;
  const phases = isAtLeast(version, '1.8.4');
  if (phases === null) return byPhase === byScrape ? byPhase : null;
  return phases ? byPhase : byScrape;
}

/** Without a pod that exports the metric the expression has no sample, and stays silent. */
function noLeader({ lease, operator }: AlertInput): boolean | null {
  if (!lease) return null;
  return operator.ready.length > 0 && !lease.alive;
}

function lowReady({ pods, operator }: AlertInput): boolean | null {
  if (!pods) return null;
  return operator.ready.length > 0 && operator.ready.length < running(pods);
}

/** With 0 desired replicas the expression divides by zero and stays silent. */
function lowCount({ pods, operator }: AlertInput): boolean | null {
  if (!pods || operator.desired === null) return null;
  return operator.desired > 0 && running(pods) / operator.desired < 0.75;
}

function running(pods: readonly Pod[]): number {
  return pods.filter((pod) => pod.status?.phase === 'Running').length;
}
