import type { Node, Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { list } from '../meta/list.ts';
import { controllerOf, nameOf } from '../meta/reference.ts';
import { isUnbound } from '../pod/pod.ts';
import { hasFreeNode, nodesToLookInto } from './placement.ts';

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
 * The nodes whose pods are to be read, by name, since the scheduler's words about these pods speak of other pods, or of what no longer is:
 * they stay as they were until it looks again.
 */
export function nodesInQuestion(pods: readonly Pod[], nodes: readonly Node[]): string[] {
  const crowded = heads(pods).filter((pod) => isKeptOutByPods(pod) || hasFreeNode(pod, nodes));
  return nodesToLookInto(crowded, nodes);
}

/** The nodes whose pods were read, where any were: whether that was needed is not for the words to say any more. */
export function nodesLookedInto(pods: readonly Pod[], nodes: readonly Node[]): string[] {
  const asked = nodesInQuestion(pods, nodes);
  return asked.length > 0 ? asked : nodesToLookInto(heads(pods), nodes);
}

function heads(pods: readonly Pod[]): Pod[] {
  return unschedulableAlike(pods).flatMap(([first]) => first ?? []);
}

/** Whether the scheduler's words about a pod speak of other pods. */
export function isKeptOutByPods(pod: Pod): boolean {
  return OTHER_PODS.test(condition(pod.status?.conditions, 'PodScheduled')?.message ?? '');
}
