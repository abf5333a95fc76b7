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

/** What mends these leaves the template as it is. */
const KEEPING: readonly string[] = ['force-delete-pod', 'restart-pod', 'restore-rbac'];
/** These change it for pods that wait for a node, or are not made: there are none yet whose place is taken. */
const PLACING: readonly string[] = [
  'relax-node-affinity',
  'relax-node-selector',
  'relax-pod-affinity',
  'relax-topology-spread',
  'remove-runtimeclass',
  'reset-scheduler-name',
  'tolerate-taint',
];

/** Whether what mends a cause is a change of the Deployment's template. */
export function changesTemplate({ observation }: Observed): boolean {
  const action = observation.mitigation?.action ?? '';
  return PLACING.includes(action) || (REPLACING.includes(action) && !KEEPING.includes(action));
}

/** Whether what mends a cause brings new pods in the place of those that fail. */
export function replacesPods({ observation }: Observed): boolean {
  return REPLACING.includes(observation.mitigation?.action ?? '');
}
