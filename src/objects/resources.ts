import type { Node, Pod, PodSpec } from '../model/kubernetes.ts';
import { list } from './list.ts';
import { isFinished } from './pod.ts';
import { amount, quantity } from './quantity.ts';

export type Amounts = Record<string, number>;

/**
 * What a pod asks for: the sum over its containers, or the largest init container, plus overhead
 * (Kubernetes 1.36 component-helpers/resource/helpers.go PodRequests; restartable init containers count as containers).
 */
export function podRequests(pod: PodSpec | null | undefined): Amounts {
  const init = list(pod?.initContainers);
  const lasting = [...list(pod?.containers), ...init.filter((one) => one.restartPolicy === 'Always')];
  const sums = lasting.map((one) => amounts(one.resources?.requests)).reduce(add, {});
  const peaks = init.map((one) => amounts(one.resources?.requests)).reduce(largest, {});
  return add(largest(sums, peaks), amounts(pod?.overhead));
}

/** Which resources a node lacks for a pod, with the arithmetic; `others` are the pods on all nodes that were read. */
export function shortages(node: Node, pod: PodSpec | null | undefined, others: readonly Pod[]): Shortage[] {
  const here = others.filter((one) => one.spec?.nodeName === node.metadata?.name && !isFinished(one));
  const used = here.map((one) => podRequests(one.spec)).reduce(add, {});
  const allocatable = amounts(node.status?.allocatable);
  const wanted: Amounts = { ...podRequests(pod), pods: 1 };
  const taken: Amounts = { ...used, pods: here.length };
  return Object.entries(wanted).flatMap(([resource, want]) => {
    const have = allocatable[resource];
    const free = (have ?? 0) - (taken[resource] ?? 0);
    return have !== undefined && want > free ? [{ resource, want, free, allocatable: have }] : [];
  });
}

export interface Shortage {
  resource: string;
  want: number;
  free: number;
  allocatable: number;
}

/** `memory: 8Gi allocatable - 7.8Gi requested = 200Mi free, the pod asks for 450Mi`. */
export function shortageText({ resource, want, free, allocatable }: Shortage): string {
  const show = (value: number) => amount(resource, value);
  return `${resource}: ${show(allocatable)} allocatable - ${show(allocatable - free)} requested = ${show(free)} free, the pod asks for ${show(want)}`;
}

/** A Kubernetes resource list as numbers; unreadable quantities are left out. */
export function amounts(resources: Readonly<Record<string, string | null | undefined>> | null | undefined): Amounts {
  const pairs = Object.entries(resources ?? {}).map(([name, text]) => [name, quantity(text)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, number] => pair[1] !== null));
}

function add(a: Amounts, b: Amounts): Amounts {
  return combine(a, b, (x, y) => x + y);
}

function largest(a: Amounts, b: Amounts): Amounts {
  return combine(a, b, Math.max);
}

function combine(a: Amounts, b: Amounts, by: (x: number, y: number) => number): Amounts {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, by(a[key] ?? 0, b[key] ?? 0)]));
}
