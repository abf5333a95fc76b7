import type { Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';

/** Why the control plane or the kubelet ended a pod: the reason of its condition DisruptionTarget (Kubernetes ≥ 1.26, pkg/apis/core/types.go). */
export function disruption(pod: Pod): { reason: string; message: string; time: string | null } | null {
  const target = condition(pod.status?.conditions, 'DisruptionTarget');
  if (target?.status !== 'True' || !target.reason) return null;
  return { reason: target.reason, message: target.message ?? '', time: target.lastTransitionTime ?? null };
}
