import { read } from './api.ts';
import type { Cluster } from './cluster.ts';
import { waitUntil } from './kubectl.ts';
import { operatorPods } from './operator.ts';

/** Waits until the operator's ReplicaSet failed to create pods, for a reason with that text. */
export function waitForFailedCreate(cluster: Cluster, text: string): Promise<void> {
  const selector = 'reason=FailedCreate,involvedObject.kind=ReplicaSet';
  return waitUntil(`a FailedCreate event says: ${text}`, 120, async () => {
    const events = await eventsOf<{ message: string }>(cluster, selector);
    return events.some(({ message }) => message.includes(text)) && (await operatorPods(cluster)).length === 0;
  });
}

/** Waits until so many of the operator's pods were refused by the scheduler, and no other pod is left but `others`. */
export function waitForUnschedulable(cluster: Cluster, count: number, others = 0): Promise<void> {
  return waitUntil(`${count} pods are unschedulable`, 120, async () => {
    const pods = await operatorPods(cluster);
    const refused = pods.filter((pod) =>
      pod.status.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable'),
    );
    return refused.length === count && pods.length === count + others;
  });
}

/** Waits until so many of the operator's containers wait with that reason, and no other pod is left but `others`. */
export function waitForWaiting(cluster: Cluster, reason: string, count: number, others = 0): Promise<void> {
  return waitUntil(`${count} containers wait with ${reason}`, 120, async () => {
    const pods = await operatorPods(cluster);
    const waiting = pods.filter((pod) =>
      pod.status.containerStatuses?.some((container) => container.state?.waiting?.reason === reason),
    );
    return waiting.length === count && pods.length === count + others;
  });
}

/** Waits until there are so many operator pods, whatever their state. */
export function waitForPods(cluster: Cluster, count: number): Promise<void> {
  return waitUntil(`there are ${count} operator pods`, 120, async () => (await operatorPods(cluster)).length === count);
}

/** Waits until a Lease was not renewed for so many seconds: until then its holder may just be slow. */
export function waitForStaleLease(cluster: Cluster, namespace: string, name: string, seconds: number): Promise<void> {
  return waitUntil(`Lease ${namespace}/${name} is ${seconds} s old`, seconds + 30, async () => {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/${name}`;
    const lease = await read<{ spec: { renewTime: string } }>(cluster, path);
    return lease !== null && Date.now() - Date.parse(lease.spec.renewTime) > seconds * 1000;
  });
}

/** Waits until a controller has told so often about one of the operator's objects, for the same reason. */
export function waitForEvents(cluster: Cluster, reason: string, count: number): Promise<void> {
  return waitUntil(`${count} times ${reason}`, 120, async () => {
    const events = await eventsOf<{ count?: number }>(cluster, `reason=${reason}`);
    return events.some((event) => (event.count ?? 1) >= count);
  });
}

/** Waits until so many events of that reason are about pods of the operator. */
export function waitForOperatorEvents(cluster: Cluster, reason: string, count: number): Promise<void> {
  return waitUntil(`${count} times ${reason} of operator pods`, 120, async () => {
    const events = await eventsOf<{ involvedObject: { name: string } }>(cluster, `reason=${reason}`);
    return events.filter(({ involvedObject }) => involvedObject.name.startsWith('virt-operator-')).length >= count;
  });
}

async function eventsOf<T>(cluster: Cluster, fieldSelector: string): Promise<T[]> {
  const query = new URLSearchParams({ fieldSelector });
  const list = await read<{ items: T[] }>(cluster, `/api/v1/namespaces/kubevirt/events?${query}`);
  return list?.items ?? [];
}
