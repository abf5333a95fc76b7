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
