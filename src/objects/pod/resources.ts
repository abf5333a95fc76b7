import type { Node, Pod, PodSpec } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { amount, isMore, quantity } from '../meta/quantity.ts';
import { isFinished } from './pod.ts';

export type Amounts = Record<string, number>;
type Container = NonNullable<NonNullable<PodSpec['containers']>[number]>;

/**
 * What a pod asks for: the sum over its containers and sidecars, or what an init container needs beside the sidecars that
 * started before it, whichever is more; the pod's own requests win; plus overhead
 * (Kubernetes 1.36 component-helpers/resource/helpers.go PodRequests).
 */
export function podRequests(pod: PodSpec | null | undefined): Amounts {
  const init = list(pod?.initContainers);
  const sums = total([...init.filter(isSidecar), ...list(pod?.containers)].map(containerRequests));
  const peaks = init.map((one, index) => {
    const before = init.slice(0, index).filter(isSidecar);
    return total([...before, one].map(containerRequests));
  });
  const needed = { ...peaks.reduce(largest, sums), ...amounts(pod?.resources?.requests) };
  return total([needed, amounts(pod?.overhead)]);
}

/** What a container asks for; a limit without a request is a request too (Kubernetes 1.36 pkg/apis/core/v1/defaults.go SetDefaults_Pod). */
export function containerRequests({ resources }: Container): Amounts {
  return { ...amounts(resources?.limits), ...amounts(resources?.requests) };
}

/** The limits of a pod's containers, summed. */
export function podLimits(pod: PodSpec | null | undefined): Amounts {
  return total(list(pod?.containers).map((one) => amounts(one.resources?.limits)));
}

function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always';
}

/** Which resources a node lacks for a pod, with the arithmetic; `others` are the pods on all nodes that were read. */
export function shortages(node: Node, pod: PodSpec | null | undefined, others: readonly Pod[]): Shortage[] {
  return room(node, pod, others).filter(({ want, free }) => isMore(want, free));
}

/** What every kubelet reports of its node; a node of which it is not known may still have it. */
const EVERYWHERE: readonly string[] = ['cpu', 'memory', 'pods'];

/**
 * The arithmetic of each resource that a pod asks for; of what a node does not report, such as a device, it has none
 * (Kubernetes 1.36 pkg/scheduler/framework/plugins/noderesources/fit.go fitsRequest).
 */
export function room(node: Node, pod: PodSpec | null | undefined, others: readonly Pod[]): Shortage[] {
  const here = others.filter((one) => one.spec?.nodeName === node.metadata?.name && !isFinished(one));
  const used = total(here.map((one) => podRequests(one.spec)));
  const allocatable = amounts(node.status?.allocatable);
  const isKnown = Object.keys(allocatable).length > 0;
  const wanted: Amounts = { ...podRequests(pod), pods: 1 };
  const taken: Amounts = { ...used, pods: here.length };
  return Object.entries(wanted).flatMap(([resource, want]) => {
    const have = allocatable[resource] ?? (isKnown && !EVERYWHERE.includes(resource) ? 0 : undefined);
    const free = (have ?? 0) - (taken[resource] ?? 0);
    return have !== undefined && want > 0 ? [{ resource, want, free, allocatable: have }] : [];
  });
}

/** What a pod asks for of one resource, and what a node has of it. */
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

function total(parts: readonly Amounts[]): Amounts {
  return parts.reduce((a, b) => combine(a, b, (x, y) => x + y), {});
}

function largest(a: Amounts, b: Amounts): Amounts {
  return combine(a, b, Math.max);
}

function combine(a: Amounts, b: Amounts, by: (x: number, y: number) => number): Amounts {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, by(a[key] ?? 0, b[key] ?? 0)]));
}
