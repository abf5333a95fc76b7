import type { Node, PodSpec } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { type Taint, untolerated } from './taint.ts';

const LIVENESS_TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
const CORDON_TAINT = 'node.kubernetes.io/unschedulable';
const NETWORK_TAINT = 'node.kubernetes.io/network-unavailable';
/** A person puts it on a machine that is off, and has to take it off again. */
const SHUTDOWN_TAINT = 'node.kubernetes.io/out-of-service';

/** The condition that each pressure taint stands for (Kubernetes 1.36 pkg/controller/nodelifecycle/node_lifecycle_controller.go). */
const PRESSURES: Readonly<Record<string, string>> = {
  'node.kubernetes.io/memory-pressure': 'MemoryPressure',
  'node.kubernetes.io/disk-pressure': 'DiskPressure',
  'node.kubernetes.io/pid-pressure': 'PIDPressure',
};

/**
 * Why a node by itself takes no new pod. `liveness-taint` and `pressure-taint`: the taint is there, but the node's own
 * condition does not say so.
 */
export type NodeObstacle =
  | { kind: 'kubelet-stopped' }
  | { kind: 'not-ready' }
  | { kind: 'liveness-taint'; taint: Taint }
  | { kind: 'network-unavailable' }
  | { kind: 'pressure'; condition: string }
  | { kind: 'pressure-taint'; taint: Taint; condition: string }
  | { kind: 'cordoned' }
  | { kind: 'taint'; taint: Taint };

/** What stands in the way on one node, roots first; a pod's affinity and the other pods are other questions. */
export function nodeObstacles(node: Node, pod: PodSpec | null | undefined): NodeObstacle[] {
  const taints = untolerated(node, pod);
  const cordoned = node.spec?.unschedulable === true || taints.some(({ key }) => key === CORDON_TAINT);
  const found = taints.filter(({ key }) => key !== CORDON_TAINT).flatMap((taint) => ofTaint(node, taint));
  const silent = readyStatus(node) === 'Unknown';
  const all: NodeObstacle[] = [
    ...(silent ? [{ kind: 'kubelet-stopped' } as const] : []),
    ...found,
    ...(cordoned ? [{ kind: 'cordoned' } as const] : []),
  ];
  const once = new Map(all.map((one) => [`${one.kind} ${'taint' in one ? JSON.stringify(one.taint) : ''}`, one]));
  return [...once.values()].toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const ORDER: readonly NodeObstacle['kind'][] = [
  'kubelet-stopped',
  'not-ready',
  'liveness-taint',
  'network-unavailable',
  'pressure',
  'pressure-taint',
  'cordoned',
  'taint',
];

/** A liveness taint on a node that does not report at all says nothing more, nor does that of a shutdown while it lasts. */
function ofTaint(node: Node, taint: Taint): NodeObstacle[] {
  const key = taint.key ?? '';
  if (LIVENESS_TAINTS.includes(key)) {
    const ready = readyStatus(node);
    if (ready === 'Unknown') return [];
    return ready === 'False' ? [{ kind: 'not-ready' }] : [{ kind: 'liveness-taint', taint }];
  }
  if (key === SHUTDOWN_TAINT && readyStatus(node) !== 'True') return [];
  if (key === NETWORK_TAINT) return [{ kind: 'network-unavailable' }];
  const pressure = PRESSURES[key];
  if (pressure === undefined) return [{ kind: 'taint', taint }];
  const said = condition(node.status?.conditions, pressure)?.status === 'True';
  return said ? [{ kind: 'pressure', condition: pressure }] : [{ kind: 'pressure-taint', taint, condition: pressure }];
}

function readyStatus(node: Node): string | null {
  return condition(node.status?.conditions, 'Ready')?.status ?? null;
}
