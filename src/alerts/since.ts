import { condition } from '../objects/meta/condition.ts';
import { later, millis } from '../objects/meta/time.ts';
import type { AlertInput } from './input.ts';

/** Since when an alert's expression has been true, where the objects tell. */
export function heldSince(name: string, input: AlertInput): string | null {
  switch (name) {
    case 'VirtOperatorDown':
    case 'NoReadyVirtOperator':
      return lastReady(input);
    case 'NoLeadingVirtOperator':
      return lastLed(input);
    default:
      return null;
  }
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
