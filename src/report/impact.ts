import type { Component, OperatorReport } from '../model/report.ts';
import { age } from '../objects/meta/human-duration.ts';
import { millis } from '../objects/meta/time.ts';

type Impact = OperatorReport['impact'];

/** What a certificate that has expired stops: the API server trusts virt-api no longer, nor do KubeVirt's parts each other (KubeVirt v1.7.0 components/webhooks.go, apiservices.go). */
export const EXPIRED = 'VMs cannot be created, started, stopped or migrated';
const BRIEFLY = 'no VM starts or migrates';

/** What stops while a part is down (KubeVirt v1.7.0 docs/components.md; virt-api's webhooks fail closed). */
const WITHOUT: Record<Component['name'], string> = {
  'virt-api': 'VMs cannot be created, changed, started, stopped or migrated, and have no console',
  'virt-controller': 'VMs do not start, stop or migrate',
  'virt-handler': 'VMs do not start, stop or migrate on nodes without it',
};

/** `virt-api 2/2 ready`. */
export function componentText({ name, exists, desired, ready }: Component): string {
  if (exists === null) return `${name} not known`;
  if (!exists) return `${name} does not exist`;
  if (desired === 0 && name !== 'virt-handler') return `${name} is scaled to 0`;
  return ready === null ? `${name} not known: nobody counts its pods` : `${name} ${ready}/${desired ?? '?'} ready`;
}

/** A part that is down, and what that stops; null while it works, or when that is not known. */
export function componentTrouble(component: Component): string | null {
  const { name, exists, desired, ready } = component;
  const lacks = name === 'virt-handler' ? ready !== null && desired !== null && ready < desired : ready === 0;
  if (exists === null || (exists && !lacks)) return null;
  return `${componentText(component)}: ${WITHOUT[name]}`;
}

/** Until when certificates last that nobody renews, in one phrase; null while they are renewed, or when that is not known. */
export function certificateText({ certificates }: Impact, readAt: string): string | null {
  const first = certificates?.first;
  if (!first) return null;
  const { earliest, latest } = first;
  if (isPast(latest, readAt)) return `certificates have expired: ${EXPIRED}`;
  if (isPast(earliest, readAt))
    return `certificates may have expired, and all will in ${age(latest, readAt)}: then ${BRIEFLY}`;
  return `certificates last ${age(earliest, readAt)} more at least; then ${BRIEFLY}`;
}

function isPast(time: string, readAt: string): boolean {
  return (millis(time) ?? 0) <= (millis(readAt) ?? 0);
}
