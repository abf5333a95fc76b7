import type { KubernetesEvent } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { otherImage } from '../objects/container/other-image.ts';
import { type PodFailure, podObservations } from '../objects/container/pod-failure.ts';
import { startFailures } from '../objects/container/start-failure.ts';
import { eventMessage, eventsAbout } from '../objects/meta/event.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { patchTemplate } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'hook-failed',
  rung: 'container-start',
  order: 70,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    "The container's postStart hook fails, and so the kubelet kills the container. KubeVirt's own Deployment has no such hook: somebody added it.",
  impact: 'The operator is killed right after each start.',
  evidence:
    'Likely: a container waits with PostStartHookError, or was killed while an event FailedPostStartHook is about its pod.',
  remedy: 'Take the hook out of the Deployment, or undo the roll-out that brought it.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl -n NAMESPACE patch deployment virt-operator -p \'{"spec":{"template":{"spec":{"containers":[{"name":"CONTAINER","lifecycle":{"postStart":null}}]}}}}\'',
  ],
  related: ['exit-137-kill', 'exit-143-term', 'liveness-failing'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const killed = crashesOf(operator, seen, 'exit-137-kill', 'exit-143-term', 'crash-unexplained');
    const failures: PodFailure[] = [
      ...startFailures(operator.unready, seen.readAt, seen.events, 'hook-failed'),
      ...killed.flatMap((crash) => withHook(crash, seen.events)),
    ];
    return podObservations(failures, ({ pod, container }) => ({
      title: `the postStart hook of container ${container} fails`,
      confidence: 'likely',
      mitigation:
        operator.replicaSets.length > 1
          ? otherImage(operator, { pod, container })
          : {
              action: 'remove-hook',
              automatic: false,
              command: patchTemplate(operator.deployment, {
                containers: [{ name: container, lifecycle: { postStart: null } }],
              }),
            },
    }));
  },
});

/** A container that was killed, if the kubelet said that this was because of its hook (pkg/kubelet/kuberuntime/kuberuntime_container.go). */
function withHook(
  { pod, container }: Pick<PodFailure, 'pod' | 'container'>,
  events: readonly KubernetesEvent[] | null | undefined,
): PodFailure[] {
  const [event] = eventsAbout(events, pod, 'FailedPostStartHook');
  const source = `pod/${nameOf(pod)} event FailedPostStartHook`;
  return event ? [{ pod, container, message: eventMessage(event), source }] : [];
}
