import type { Observed } from './evaluate.ts';

/** What mends these causes brings new pods in the place of those that fail: it deletes a pod, or changes the template. */
export const REPLACING: readonly string[] = [
  'allow-pull',
  'correct-startup-probe',
  'force-delete-pod',
  'keep-to-architecture',
  're-apply-manifest',
  'remove-hook',
  'remove-memory-limit',
  'remove-volume',
  'repair-init-container',
  'repair-sidecar',
  'restart-pod',
  'restore-rbac',
  'roll-back',
  'spread-pods',
  'unbind-template',
];

/** Whether what mends a cause brings new pods in the place of those that fail. */
export function replacesPods({ observation }: Observed): boolean {
  return REPLACING.includes(observation.mitigation?.action ?? '');
}
