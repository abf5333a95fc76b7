import { defineRule } from '../model/rule.ts';
import {
  lookAtNodes,
  nodesOf,
  type PodFailure,
  podObservations,
  replacePods,
} from '../objects/container/pod-failure.ts';
import { startFailures } from '../objects/container/start-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'create-container-error',
  rung: 'container-start',
  order: 80,
  severity: 'critical',
  meaning: "The container runtime of the pod's node has the image and cannot make or start the container from it.",
  impact: 'The operator does not start on that node.',
  evidence:
    'Likely: a container waits between its image and its start, or ended without having run (StartError, exit code 128), and the words are none that a nearer cause knows.',
  remedy:
    "Read the words. A name that is reserved, or a deadline, is a runtime that hangs or a disk that is too slow: restart the runtime, or delete the pod so that it may move. A seccomp or AppArmor profile must be on the node before the pod is. Otherwise the container's settings do not fit the node.",
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl describe node NODE',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['exec-not-found', 'exec-permission-denied', 'image-inspect-error', 'sandbox-runtime'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = startFailures(operatorOf(seen).unready, seen.readAt, seen.events, 'create-container-error');
    return podObservations(failures, ({ container, message }) => ({
      confidence: 'likely',
      ...(ofNode(failures, container, message) ?? {
        title: `the container runtime of ${nodesOf(failures)} cannot make container ${container}`,
        mitigation: replacePods(failures),
      }),
    }));
  },
});

/** Words about what the node lacks, which another pod on it would lack too; null where they are others. */
function ofNode(failures: readonly PodFailure[], container: string, message: string) {
  const profile = /seccomp|apparmor/i.exec(message)?.[0];
  if (profile !== undefined) {
    const kind = profile.toLowerCase() === 'seccomp' ? 'seccomp' : 'AppArmor';
    return {
      title: `the ${kind} profile of container ${container} cannot be applied on ${nodesOf(failures)}`,
      mitigation: lookAtNodes('provide-profile', failures, (nodes) => [
        `On ${nodes}, put the profile there that the words name (/var/lib/kubelet/seccomp; apparmor_parser, aa-status), or take it out of the Deployment: ${message}`,
      ]),
    };
  }
  // Kubernetes 1.36 pkg/kubelet/kubelet_pods.go getServiceEnvVarMap, pkg/kubelet/util/manager/watch_based_manager.go Get.
  return /services have not yet been read|failed to sync \w+ cache/.test(message)
    ? {
        title: `the kubelet of ${nodesOf(failures)} cannot read from the API server what container ${container} needs`,
        mitigation: lookAtNodes('repair-kubelet', failures, (nodes) => [
          `On ${nodes}, read why in the log of the kubelet (journalctl -u kubelet), and restart it: systemctl restart kubelet`,
        ]),
      }
    : null;
}
