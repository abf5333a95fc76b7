import type { Node, Pod, PodSpec } from '../../model/kubernetes.ts';
import { matchesSelector } from '../meta/label-selector.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { isDeleting } from '../pod/pod.ts';
import type { Incoming } from './pod-affinity.ts';

type Constraint = NonNullable<NonNullable<PodSpec['topologySpreadConstraints']>[number]>;

/**
 * Which hard spread constraints a pod would break on a node, one phrase each. `nodes` are those that the pod's affinity admits,
 * for only they count by default (Kubernetes 1.36 pkg/scheduler/framework/plugins/podtopologyspread/filtering.go).
 */
export function spreadConflicts(pod: Incoming, node: Node, nodes: readonly Node[], others: readonly Pod[]): string[] {
  return list(pod.spec?.topologySpreadConstraints)
    .filter((constraint) => constraint.whenUnsatisfiable !== 'ScheduleAnyway')
    .flatMap((constraint) => {
      const key = constraint.topologyKey ?? '';
      const value = node.metadata?.labels?.[key];
      if (!value) return [`it has no label ${key}, over which pods must be spread`];
      const counts = countsByValue(pod, constraint, nodes, others);
      const few = counts.size < (constraint.minDomains ?? 1);
      const least = few ? 0 : Math.min(...counts.values());
      const own = matches(pod, constraint, pod) ? 1 : 0;
      const skew = (counts.get(value) ?? 0) + own - least;
      const most = constraint.maxSkew ?? 1;
      if (skew <= most) return [];
      return [`with this pod, ${key} ${value} would have ${skew} more than the emptiest, and ${most} is allowed`];
    });
}

function countsByValue(
  pod: Incoming,
  constraint: Constraint,
  nodes: readonly Node[],
  others: readonly Pod[],
): Map<string, number> {
  const counted = others.filter((other) => !isDeleting(other) && matches(pod, constraint, other));
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const value = node.metadata?.labels?.[constraint.topologyKey ?? ''];
    if (!value) continue;
    const here = counted.filter((other) => other.spec?.nodeName === nameOf(node)).length;
    counts.set(value, (counts.get(value) ?? 0) + here);
  }
  return counts;
}

/** Pods of the same namespace that the selector takes, and that have the same values of `matchLabelKeys`; a missing selector takes none. */
function matches(pod: Incoming, { labelSelector, matchLabelKeys }: Constraint, other: Incoming): boolean {
  if (!labelSelector || other.metadata?.namespace !== pod.metadata?.namespace) return false;
  const [own, theirs] = [pod.metadata?.labels, other.metadata?.labels];
  return matchesSelector(labelSelector, theirs) && list(matchLabelKeys).every((key) => own?.[key] === theirs?.[key]);
}
