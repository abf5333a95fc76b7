import type { Node, Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { list } from '../meta/list.ts';
import { controllerOf, nameOf } from '../meta/reference.ts';
import { isUnbound } from '../pod/pod.ts';
import { nodesToLookInto } from './placement.ts';
import type { Incoming } from './pod-affinity.ts';

/** Pods that a scheduler looked at and could not place, by name. */
export function unschedulable(pods: readonly Pod[]): Pod[] {
  const refused = pods.filter((pod) => {
    const scheduled = condition(pod.status?.conditions, 'PodScheduled');
    return isUnbound(pod) && scheduled?.status === 'False' && scheduled.reason === 'Unschedulable';
  });
  return refused.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** Those pods, together where they ask for the same: pods of two revisions, or that admission changed, may be kept out by different things. */
export function unschedulableAlike(pods: readonly Pod[]): Pod[][] {
  return [...Map.groupBy(unschedulable(pods), askedFor).values()];
}

function askedFor(pod: Pod): string {
  const { spec } = pod;
  const owner = controllerOf(pod)?.uid;
  const { nodeSelector, affinity, tolerations, resources } = spec ?? {};
  const containers = list(spec?.containers).map((one) => [one.resources, one.ports]);
  return JSON.stringify([owner, nodeSelector, affinity, tolerations, resources, containers]);
}

/** The scheduler's words where other pods on a node are in the way (Kubernetes 1.36 pkg/scheduler/framework/plugins: noderesources, nodeports, interpodaffinity, podtopologyspread). */
const OTHER_PODS = /Insufficient |Too many pods|didn't have free ports|affinity rules|topology spread constraints/;

/**
 * The nodes whose pods are looked into, by name: those that the refused pods might use, or the next pod where none was refused. Whatever
 * the scheduler said, since its words stay as they were until it looks again, and tell of the first obstacle on each node alone.
 */
export function nodesLookedInto(pods: readonly Pod[], nodes: readonly Node[], next?: Incoming): string[] {
  const refused = unschedulableAlike(pods).flatMap(([first]) => first ?? []);
  return nodesToLookInto(refused.length === 0 && next ? [next] : refused, nodes);
}

/** Whether the scheduler's words about a pod speak of other pods. */
export function isKeptOutByPods(pod: Pod): boolean {
  return OTHER_PODS.test(condition(pod.status?.conditions, 'PodScheduled')?.message ?? '');
}
