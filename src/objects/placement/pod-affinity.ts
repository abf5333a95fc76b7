import type { Node, ObjectMeta, Pod, PodSpec } from '../../model/kubernetes.ts';
import { matchesSelector } from '../meta/label-selector.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';

type Affinity = NonNullable<PodSpec['affinity']>;
type Term = NonNullable<
  NonNullable<NonNullable<Affinity['podAntiAffinity']>['requiredDuringSchedulingIgnoredDuringExecution']>[number]
>;

/** A pod that is to be placed, or the template that makes such pods. */
export interface Incoming {
  metadata?: ObjectMeta | null;
  spec?: PodSpec | null;
}

/**
 * Why required anti-affinity keeps a pod off a node, one phrase for each pod that is in the way: its own terms against the pods
 * there, and theirs against it. Preferences do not count (Kubernetes 1.36 pkg/scheduler/framework/plugins/interpodaffinity/filtering.go).
 */
export function affinityConflicts(pod: Incoming, node: Node, nodes: readonly Node[], others: readonly Pod[]): string[] {
  const own = antiAffinityTerms(pod);
  return others.flatMap((other) => {
    const near = (term: Term) => inOneDomain(term, node, nodes, other);
    const name = `${other.metadata?.namespace ?? ''}/${nameOf(other)}`;
    if (own.some((term) => near(term) && selects(term, pod, other))) {
      return [`its own anti-affinity keeps it away from pod ${name}`];
    }
    if (antiAffinityTerms(other).some((term) => near(term) && selects(term, other, pod))) {
      return [`the anti-affinity of pod ${name} keeps it away`];
    }
    return [];
  });
}

/** Whether a pod must be near some other pod: which pods those are cannot be told from a few nodes. */
export function needsNeighbours(pod: Incoming): boolean {
  return list(pod.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution).length > 0;
}

function antiAffinityTerms(pod: Incoming): Term[] {
  return list(pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution);
}

/** Whether the node and the node that `other` is bound to have the same value of the term's topology key. */
function inOneDomain(term: Term, node: Node, nodes: readonly Node[], other: Pod): boolean {
  const key = term.topologyKey ?? '';
  const there = nodes.find((one) => nameOf(one) === other.spec?.nodeName);
  const value = node.metadata?.labels?.[key];
  return value !== undefined && value === there?.metadata?.labels?.[key];
}

/** Whether a term of `owner` selects `other`. A missing selector selects nothing; namespaces chosen by label are not known here. */
function selects(term: Term, owner: Incoming, other: Incoming): boolean {
  if (!term.labelSelector) return false;
  const named = list(term.namespaces);
  const all =
    term.namespaceSelector && Object.values(term.namespaceSelector).every((part) => list([part]).length === 0);
  const namespaces = named.length > 0 || term.namespaceSelector ? named : [owner.metadata?.namespace ?? ''];
  const near = all || namespaces.includes(other.metadata?.namespace ?? '');
  return near && matchesSelector(term.labelSelector, other.metadata?.labels);
}
