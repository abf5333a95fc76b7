import type { Node, PodSpec } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';

type Toleration = NonNullable<NonNullable<PodSpec['tolerations']>[number]>;
export type Taint = NonNullable<NonNullable<NonNullable<Node['spec']>['taints']>[number]>;

/** Taints that keep new pods away and that the pod does not tolerate (Kubernetes 1.36 component-helpers/scheduling/corev1 TolerationsTolerateTaint). */
export function untolerated(node: Node, pod: PodSpec | null | undefined): Taint[] {
  const tolerations = list(pod?.tolerations);
  return list(node.spec?.taints).filter(
    (taint) => taint.effect !== 'PreferNoSchedule' && !tolerations.some((one) => tolerates(one, taint)),
  );
}

/**
 * After how many seconds the control plane deletes a pod from a node for its NoExecute taints, and the taint that decides: the first toleration
 * that fits counts for each taint, and the shortest of all (Kubernetes 1.36 pkg/controller/tainteviction/taint_eviction.go). null: it may stay.
 */
export function endOfStay(node: Node, pod: PodSpec | null | undefined): { taint: Taint; seconds: number } | null {
  const stays = list(node.spec?.taints)
    .filter(({ effect }) => effect === 'NoExecute')
    .flatMap((taint) => {
      const toleration = list(pod?.tolerations).find((one) => tolerates(one, taint));
      const seconds = toleration ? (toleration.tolerationSeconds ?? null) : 0;
      return seconds === null ? [] : [{ taint, seconds: Math.max(0, seconds) }];
    });
  return stays.toSorted((a, b) => a.seconds - b.seconds)[0] ?? null;
}

/** Taints that controllers set by a node's state (Kubernetes 1.36 staging/src/k8s.io/api/core/v1/well_known_taints.go); the others are put there by people and their tools. */
const BY_STATE = [
  'not-ready',
  'unreachable',
  'unschedulable',
  'memory-pressure',
  'disk-pressure',
  'pid-pressure',
  'network-unavailable',
].map((name) => `node.kubernetes.io/${name}`);

/** Whether a controller set a taint, and takes it off by itself. */
export function isByState({ key }: Taint): boolean {
  return BY_STATE.includes(key ?? '');
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  if (toleration.operator === 'Exists') return true;
  return !!toleration.key && (toleration.value ?? '') === (taint.value ?? '');
}

/** A taint as `kubectl taint` writes it. */
export function taintText(taint: Taint): string {
  return `${taint.key ?? ''}${taint.value ? `=${taint.value}` : ''}:${taint.effect ?? ''}`;
}
