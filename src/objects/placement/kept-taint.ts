import type { Observation } from '../../model/finding.ts';
import type { BlockedPlacement } from './blocked-placement.ts';
import { type Obstructed, share } from './obstructed.ts';
import type { Obstacle } from './placement.ts';

/** A taint that kube-controller-manager should have taken off a node, and what the node says of itself meanwhile. */
export interface KeptTaint {
  node: string;
  taint: string;
  /** `reports no MemoryPressure`. */
  meanwhile: string;
}

/** The observation that nodes still carry taints whose reason is over; none without such a node. */
export function keptTaint(
  blocked: BlockedPlacement,
  { names, explains, next }: Pick<Obstructed<Obstacle['kind']>, 'names' | 'explains' | 'next'>,
  kept: readonly KeptTaint[],
): Observation[] {
  const [name] = names;
  if (name === undefined) return [];
  const taints = [...new Set(kept.map(({ taint }) => taint))].join(', ');
  return [
    {
      title: `${share(blocked, names)} ${names.length === 1 ? 'is' : 'are'} still tainted ${taints}: ${names.join(', ')}`,
      object: { kind: 'Node', namespace: null, name },
      since: blocked.since,
      confidence: 'certain',
      evidence: [
        ...kept.map(({ node, taint, meanwhile }) => ({
          text: `tainted ${taint}, and ${meanwhile}`,
          source: `node/${node} spec.taints`,
        })),
        ...blocked.words,
      ],
      explains,
      next,
      mitigation: {
        action: 'check-node-controller',
        automatic: false,
        command: 'kubectl -n kube-system get lease kube-controller-manager -o yaml',
      },
    },
  ];
}
