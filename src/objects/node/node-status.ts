import type { Node } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { list } from '../meta/list.ts';

/** The STATUS that `kubectl get nodes` shows (Kubernetes v1.36.3 pkg/printers/internalversion/printers.go printNode). */
export function nodeStatus(node: Node): string {
  const word = readyWord(condition(node.status?.conditions, 'Ready')?.status);
  return node.spec?.unschedulable === true ? `${word},SchedulingDisabled` : word;
}

function readyWord(status: string | null | undefined): string {
  if (status === undefined) return 'Unknown';
  return status === 'True' ? 'Ready' : 'NotReady';
}

/** Nodes whose kubelet no longer reports, as the node lifecycle controller says 40 to 50 seconds after its last word. */
export function silentNodes(nodes: readonly Node[] | null | undefined): Node[] {
  return list(nodes).filter((node) => condition(node.status?.conditions, 'Ready')?.status === 'Unknown');
}
