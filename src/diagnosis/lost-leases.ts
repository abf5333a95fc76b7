import type { Observed } from './evaluate.ts';

/** Whose leases are not renewed where a root keeps all from that. */
const HOLDERS: readonly string[] = ['controller-manager-down', 'scheduler-down'];
/** Other explanations for the same. */
const RIVALS: readonly string[] = ['etcd-or-api-slow', 'expired-control-plane-certs'];

/** Whether a lease that is not renewed is the doing of a root that keeps all from that. */
export function isBroughtDown({ rule }: Observed, root: Observed): boolean {
  return HOLDERS.includes(rule.code) && stopsAll(root);
}

/** Whether it is another explanation of what such a root accounts for already. */
export function isRival({ rule }: Observed, root: Observed): boolean {
  return RIVALS.includes(rule.code) && stopsAll(root);
}

/** Whether a root keeps all holders from renewing their leases. */
function stopsAll({ rule }: Observed): boolean {
  return rule.rung === 'control-plane' && (rule.order ?? 0) < 0;
}
