import type { Obstacle } from './placement.ts';

/** The obstacle that the scheduler meets first on a node, in a word or two: `fits` when there is none. `admitted`: by node selector and affinity. */
export function firstRefusal(obstacles: readonly Obstacle[], admitted: boolean): string {
  const found = obstacles.map((one) => ({ rank: RANKS[one.kind], text: WORDS[one.kind](one as never) }));
  const all = admitted ? found : [...found, { rank: AFFINITY, text: 'node affinity' }];
  const [first] = all.toSorted((a, b) => a.rank - b.rank);
  return first?.text ?? 'fits';
}

const AFFINITY = 3;

/**
 * The order of the scheduler's filters (Kubernetes 1.36 pkg/scheduler/apis/config/v1/default_plugins.go): NodeUnschedulable,
 * TaintToleration, NodeAffinity, NodePorts, NodeResourcesFit, PodTopologySpread, InterPodAffinity. What keeps a node from being
 * used shows as a taint.
 */
const RANKS: Readonly<Record<Obstacle['kind'], number>> = {
  cordoned: 1,
  'kubelet-stopped': 2,
  'not-ready': 2,
  'liveness-taint': 2,
  'network-unavailable': 2,
  pressure: 2,
  'pressure-taint': 2,
  taint: 2,
  'host-port': 4,
  shortage: 5,
  spread: 6,
  'pod-affinity': 7,
  unknown: 8,
};

const WORDS: { readonly [Kind in Obstacle['kind']]: (obstacle: Extract<Obstacle, { kind: Kind }>) => string } = {
  cordoned: () => 'cordoned',
  'kubelet-stopped': () => 'silent kubelet',
  'not-ready': () => 'not ready',
  'liveness-taint': () => 'taint',
  'network-unavailable': () => 'no network',
  pressure: ({ condition }) => condition,
  'pressure-taint': () => 'taint',
  taint: () => 'taint',
  'host-port': () => 'port taken',
  shortage: ({ shortage }) => (shortage.resource === 'pods' ? 'too many pods' : `too little ${shortage.resource}`),
  spread: () => 'topology spread',
  'pod-affinity': () => 'pod anti-affinity',
  unknown: () => 'not known',
};
