import type { Pod } from '../../model/kubernetes.ts';

/** virt-operator that is ended so soon after each start, or sooner, brings nothing to an end. */
const BRIEF_SECONDS = 600;

export function isBrief(seconds: number): boolean {
  return seconds <= BRIEF_SECONDS;
}

/** Pods that their kubelets end some minutes after each start, by a deadline that no pod template may hold: admission or a person set it. */
export function hurriedPods(pods: readonly Pod[]): { pod: Pod; seconds: number }[] {
  return pods.flatMap((pod) => {
    const seconds = pod.spec?.activeDeadlineSeconds;
    return typeof seconds === 'number' && isBrief(seconds) ? [{ pod, seconds }] : [];
  });
}
