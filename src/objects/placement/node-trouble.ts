import type { EvidenceItem, Gap } from '../../model/finding.ts';
import type { Node } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { type Operator, podGap } from '../operator/operator.ts';
import { blockedPlacements } from './blocked-placement.ts';
import { obstructed } from './obstructed.ts';
import type { Obstacle } from './placement.ts';

/** Nodes with the same trouble that the operator suffers from, and what it lacks because of them. */
export interface NodeTrouble {
  nodes: Node[];
  gaps: Gap[];
  /** They keep out no pod yet, but would keep out the next. */
  next: boolean;
  /** The scheduler's words about pods that they keep out. */
  words: EvidenceItem[];
}

/**
 * Nodes in trouble that hold operator pods which are not Ready, or that stand in the way of pods without a node.
 * A node that is in nobody's way is not mentioned.
 */
export function nodeTrouble(
  seen: Parameters<typeof blockedPlacements>[0],
  operator: Operator,
  trouble: { kind: Obstacle['kind']; has: (node: Node) => boolean },
): NodeTrouble {
  const inTheWay = blockedPlacements(seen)
    .map((blocked) => ({ blocked, by: obstructed(blocked, trouble.kind) }))
    .filter(({ blocked, by }) => !blocked.ahead || by.next);
  const names = inTheWay.flatMap(({ by }) => by.names);
  const troubled = list(seen.nodes).filter((node) => trouble.has(node) || names.includes(nameOf(node)));
  const holds = (node: Node) => operator.unready.filter((pod) => pod.spec?.nodeName === nameOf(node));
  const gaps = [...troubled.flatMap(holds).map(podGap), ...inTheWay.flatMap(({ by }) => by.explains)];
  return {
    nodes: troubled.filter((node) => names.includes(nameOf(node)) || holds(node).length > 0),
    gaps,
    next: gaps.length === 0 && inTheWay.some(({ by }) => by.next),
    words: inTheWay.flatMap(({ blocked }) => blocked.words),
  };
}

/** What a node says of itself under a condition. */
export function conditionEvidence(node: Node, type: string): EvidenceItem[] {
  const said = condition(node.status?.conditions, type);
  if (!said) return [];
  const words = [said.reason, said.message].filter((text) => !!text).join(': ');
  return [
    {
      text: `${type} is ${said.status}${words ? ` (${words})` : ''}`,
      source: `node/${nameOf(node)} status.conditions[${type}]`,
    },
  ];
}

/** `node cp-0 is` or `nodes cp-0, cp-1 are`. */
export function nodesAre(nodes: readonly Node[]): string {
  const names = nodes.map(nameOf).join(', ');
  return nodes.length === 1 ? `node ${names} is` : `nodes ${names} are`;
}
