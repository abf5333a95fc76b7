import type { Autoscaler, Deployment } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import type { FieldWriter } from '../meta/managed-fields.ts';
import { nameOf } from '../meta/reference.ts';

/** Field managers of what scales workloads by itself: KEDA, kube-downscaler (pykube), kube-green, Sleep products, proportional autoscalers. */
const AUTOSCALERS = /keda|downscaler|pykube|kube-green|sleep|autoscaler/i;
/** The HorizontalPodAutoscaler's controller writes through the scale subresource under this name. */
const CONTROLLER_MANAGER = 'kube-controller-manager';
/** With it a ScaledObject stands still at that many replicas (KEDA v2 apis/keda/v1alpha1/scaledobject_types.go PausedReplicasAnnotation). */
const PAUSED = 'autoscaling.keda.sh/paused-replicas';

/** The autoscalers whose target is this Deployment; a ScaledObject's target is a Deployment unless it says otherwise. */
export function autoscalersOf(
  deployment: Deployment,
  autoscalers: readonly Autoscaler[] | null | undefined,
): Autoscaler[] {
  return list(autoscalers).filter(({ spec }) => {
    const target = spec?.scaleTargetRef;
    return target?.name === nameOf(deployment) && (target.kind ?? 'Deployment') === 'Deployment';
  });
}

/** How few replicas an autoscaler may leave: a ScaledObject none unless told otherwise, a HorizontalPodAutoscaler one. */
export function floor({ kind, metadata, spec }: Autoscaler): number {
  if (kind === 'HorizontalPodAutoscaler') return spec?.minReplicas ?? 1;
  const paused = metadata?.annotations?.[PAUSED];
  if (paused && /^\d+$/.test(paused)) return Number(paused);
  return spec?.idleReplicaCount ?? spec?.minReplicaCount ?? 0;
}

/** Whether replicas were written by what scales by itself, by the name it writes under. */
export function isAutoscaling({ manager, subresource }: FieldWriter): boolean {
  return AUTOSCALERS.test(manager) || (manager === CONTROLLER_MANAGER && subresource === 'scale');
}
