import type { Pod } from '../model/kubernetes.ts';
import type { Line } from '../model/line.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { podRow } from '../objects/pod/pod-status.ts';
import { table } from './table.ts';

/** Pods as `kubectl get pods` shows them, and their nodes; no line at all when there is no pod. */
export function podTable(pods: readonly Pod[], readAt: string, indent = ''): Line[] {
  if (pods.length === 0) return [];
  const rows = pods.map((pod) => {
    const { ready, status, restarts, age } = podRow(pod, readAt);
    return [nameOf(pod), ready, status, restarts, age, pod.spec?.nodeName || '<none>'];
  });
  return table(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'NODE'], rows, indent);
}
