import type { Gap, Observation } from '../../model/finding.ts';
import type { Deployment, Node, Pod, ReplicaSet } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { type Operator, operatorOf, podGap } from '../operator/operator.ts';
import { isUnbound } from '../pod/pod.ts';
import { roleLabel, wantedRoles } from './node-affinity.ts';
import { type Candidate, candidates, type Others } from './placement.ts';
import type { Incoming } from './pod-affinity.ts';
import { isKeptOutByPods, nodesLookedInto, unschedulable, unschedulableAlike } from './refused-pods.ts';
import { templatePod } from './template-pod.ts';

/** So many nodes are read for each term of the pod's affinity: as many may not be all. */
export const MAX_NODES_READ = 50;

/** Nodes that the pod does not admit are read one by one, and no more than these. */
const MAX_NODES_BY_NAME = 5;

/** Operator pods that no node takes, and what stands in the way on each candidate. */
export interface BlockedPlacement {
  /** What is to be placed: the first of `pods`, or the pod that would be made next. */
  pod: Incoming;
  pods: Pod[];
  gaps: Gap[];
  candidates: Candidate[];
  /** The scheduler's own words about the first pod. */
  words: { text: string; source: string }[];
  since: string | null;
  /** Whether the nodes could be read; where not, there are no candidates, and only the scheduler's words tell. */
  nodesRead: boolean;
  /** No scheduler has been asked yet: something else keeps the pods from being made or looked at, and this would keep them out next. */
  ahead: boolean;
}

interface PlacementReads {
  readonly deployment?: Deployment | null | undefined;
  readonly replicaSets?: readonly ReplicaSet[] | null | undefined;
  readonly pods?: readonly Pod[] | null | undefined;
  readonly nodes?: readonly Node[] | null | undefined;
  readonly nodePods?: readonly Pod[] | null | undefined;
}

/** One observation, or more, for each group of pods that no node takes, and for the pod that would be made next. */
export function placementObservations(
  seen: PlacementReads,
  observe: (blocked: BlockedPlacement) => Observation[],
): Observation[] {
  return blockedPlacements(seen).flatMap((blocked) => {
    const observed = observe(blocked);
    return blocked.ahead ? observed.filter(({ next }) => next) : observed;
  });
}

/**
 * The pods that the scheduler refused, together where they ask for the same. Where it refused none while some are missing, the pod
 * that comes next, if each node that was read refuses it by itself. A group is left out when some candidate would take it by now.
 */
export function blockedPlacements(seen: PlacementReads): BlockedPlacement[] {
  const operator = operatorOf({
    ...seen,
    replicaSets: seen.replicaSets && [...seen.replicaSets],
    pods: list(seen.pods),
  });
  const { nodes } = seen;
  if (nodes === undefined) return unschedulableAlike(operator.pods).flatMap((pods) => ofPods(pods, null));
  if (!nodes) return [];
  const next = templatePod(operator.deployment);
  const others = { pods: seen.nodePods, on: nodesLookedInto(operator.pods, nodes, next) };
  const blocked =
    unschedulable(operator.pods).length > 0
      ? unschedulableAlike(operator.pods).flatMap((pods) => ofPods(pods, candidatesOf(pods, nodes, others)))
      : ahead(operator, nodes, others);
  // What keeps other pods out of these nodes is told already.
  return blocked.some((one) => one.candidates.length > 0)
    ? blocked
    : [...blocked, ...blocked.slice(0, 1).flatMap((one) => behindLabels(one, nodes))];
}

/** Where the scheduler speaks of other pods, a node whose pods were not read is not known to be free; where it does not, it may be. */
function candidatesOf([pod]: readonly Pod[], nodes: readonly Node[], others: Others): Candidate[] {
  if (!pod || !isKeptOutByPods(pod)) return candidates(pod ?? {}, nodes, { ...others, on: nodes.map(nameOf) });
  return candidates(pod, nodes, others.pods === undefined ? { pods: [], on: [] } : others);
}

/** `found` is null where the nodes could not be read. */
function ofPods(pods: Pod[], found: Candidate[] | null): BlockedPlacement[] {
  const [pod] = pods;
  if (!pod || found?.some((one) => one.obstacles.length === 0)) return [];
  const scheduled = condition(pod.status?.conditions, 'PodScheduled');
  const source = `pod/${nameOf(pod)} status.conditions[PodScheduled]`;
  return [
    {
      pod,
      pods,
      gaps: pods.map(podGap),
      candidates: found ?? [],
      nodesRead: found !== null,
      words: scheduled?.message ? [{ text: scheduled.message, source }] : [],
      since: scheduled?.lastTransitionTime ?? null,
      ahead: false,
    },
  ];
}

/** Where no node has the labels that a pod asks for: what each node of the role that it asks for has against it besides. */
function behindLabels({ pod, candidates: admitted }: BlockedPlacement, nodes: readonly Node[]): BlockedPlacement[] {
  const roles = wantedRoles(pod.spec).map(roleLabel);
  const ofRole = nodes.filter(({ metadata }) => roles.some((role) => role in (metadata?.labels ?? {})));
  if (admitted.length > 0 || ofRole.length === 0 || ofRole.length >= MAX_NODES_BY_NAME) return [];
  const spec = { ...pod.spec, nodeSelector: null, affinity: null };
  const found = candidates({ ...pod, spec }, ofRole, { pods: null, on: [] });
  if (found.some(({ obstacles: [first] }) => first === undefined || first.kind === 'unknown')) return [];
  return [{ pod, pods: [], gaps: [], candidates: found, nodesRead: true, words: [], since: null, ahead: true }];
}

function ahead(operator: Operator, nodes: readonly Node[], others: Others): BlockedPlacement[] {
  const { deployment, desired, uncreated, current } = operator;
  const [unseen] = operator.pods.filter(isUnbound);
  const missing = unseen !== undefined || uncreated > 0 || desired === 0 || current === null;
  if (!deployment || !missing || nodes.length >= MAX_NODES_READ) return [];
  const pod = unseen ?? templatePod(deployment);
  const found = candidates(pod, nodes, others);
  if (found.some(({ obstacles: [first] }) => first === undefined || first.kind === 'unknown')) return [];
  return [{ pod, pods: [], gaps: [], candidates: found, nodesRead: true, words: [], since: null, ahead: true }];
}
