import type { Line } from '../model/line.ts';
import { list } from '../objects/list.ts';
import { podRow } from '../objects/pod-status.ts';
import { nameOf } from '../objects/reference.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

/** The pods labelled kubevirt.io=virt-operator, as `kubectl get pods -o wide` shows them. */
export function podTable({ evidence }: View): Line[] {
  const { pods } = evidence.reads;
  if (pods.status !== 'read' || pods.value.length === 0) return [];
  const rows = list(pods.value).map((pod) => {
    const { ready, status, restarts, age } = podRow(pod, evidence.readAt);
    return [nameOf(pod), ready, status, restarts, age, pod.spec?.nodeName || '<none>'];
  });
  return table(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'NODE'], rows);
}
