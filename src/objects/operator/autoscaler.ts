import type { Autoscaler, Deployment } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import type { FieldWriter } from '../meta/managed-fields.ts';
import { nameOf } from '../meta/reference.ts';

/** Field managers of what scales workloads by itself: KEDA, kube-downscaler (pykube), kube-green, Sleep products, proportional autoscalers. */
const AUTOSCALERS = /keda|downscaler|pykube|kube-green|sleep|autoscaler/i;
/** The HorizontalPodAutoscaler's controller writes through the scale subresource under this name. */
const CONTROLLER_MANAGER = 'kube-controller-manager';
/** With the first a ScaledObject stands still at that many replicas, with the second where it is (KEDA v2 apis/keda/v1alpha1/scaledobject_types.go). */
const PAUSED_REPLICAS = 'autoscaling.keda.sh/paused-replicas';
const PAUSED = 'autoscaling.keda.sh/paused';

/** What may set the replicas of Deployments; `undefined`: it could not be read. */
export interface Autoscalers {
  readonly autoscalers?: readonly Autoscaler[] | null | undefined;
  readonly scaledObjects?: readonly Autoscaler[] | null | undefined;
}

/** The autoscalers whose target is this Deployment, ScaledObjects first; a ScaledObject's target is a Deployment unless it says otherwise. */
export function autoscalersOf(deployment: Deployment, { autoscalers, scaledObjects }: Autoscalers): Autoscaler[] {
  return [...list(scaledObjects), ...list(autoscalers)].filter(({ spec }) => {
    const target = spec?.scaleTargetRef;
    return target?.name === nameOf(deployment) && (target.kind ?? 'Deployment') === 'Deployment';
  });
}

/** Of those, the ones that would scale the Deployment to 0 again. What is paused leaves it where it is. */
export function scalersToZero(deployment: Deployment, seen: Autoscalers): Autoscaler[] {
  return autoscalersOf(deployment, seen).filter((one) => floor(one) === 0 && !isPaused(one));
}

/** How few replicas an autoscaler may leave: a ScaledObject none unless told otherwise, a HorizontalPodAutoscaler one. */
export function floor({ kind, metadata, spec }: Autoscaler): number {
  if (kind === 'HorizontalPodAutoscaler') return spec?.minReplicas ?? 1;
  const paused = metadata?.annotations?.[PAUSED_REPLICAS];
  if (paused && /^\d+$/.test(paused)) return Number(paused);
  return spec?.idleReplicaCount ?? spec?.minReplicaCount ?? 0;
}

/** Whether a ScaledObject stands still where it is: any value of the annotation means so, but for what reads as false. */
export function isPaused({ kind, metadata }: Autoscaler): boolean {
  const { [PAUSED]: paused, [PAUSED_REPLICAS]: at } = metadata?.annotations ?? {};
  return kind === 'ScaledObject' && !at && typeof paused === 'string' && !/^(?:0|f|false)$/i.test(paused);
}

/**
 * The ScaledObject that made a HorizontalPodAutoscaler, by name. KEDA itself scales to 0 and back; the HorizontalPodAutoscaler that it makes says a minimum of 1
 * all the same (KEDA v2 controllers/keda/hpa.go getHPAMinReplicas).
 */
export function scaledObjectBehind({ kind, metadata }: Autoscaler): string | null {
  const owner = list(metadata?.ownerReferences).find((one) => one.kind === 'ScaledObject');
  return kind === 'HorizontalPodAutoscaler' ? (owner?.name ?? null) : null;
}

/** Whether replicas were written by what scales by itself, by the name it writes under. */
export function isAutoscaling({ manager, subresource }: FieldWriter): boolean {
  return AUTOSCALERS.test(manager) || (manager === CONTROLLER_MANAGER && subresource === 'scale');
}
