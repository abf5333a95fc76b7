import { defineRule } from '../model/rule.ts';
import { lookAt, type PodFailure, podObservations } from '../objects/container/pod-failure.ts';
import { setupFailures } from '../objects/container/pod-setup.ts';
import { list } from '../objects/meta/list.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { lookAtTemplate, withoutVolume } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'volume-attach-failed',
  rung: 'container-start',
  order: 15,
  severity: 'critical',
  meaning:
    "A disk that somebody gave to virt-operator cannot be attached to the pod's node. KubeVirt's own Deployment has no such volume.",
  impact: 'The operator waits in ContainerCreating until the disk is free.',
  evidence:
    'Likely: no container of the pod was begun, and the last thing that was told about it is the event FailedAttachVolume.',
  remedy: 'Take the volume out of the Deployment: virt-operator keeps nothing on disks.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE get persistentvolumeclaims',
    'kubectl -n NAMESPACE edit deployment virt-operator',
  ],
  related: ['volume-binding', 'volume-mount-failed'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = setupFailures(operatorOf(seen).unready, seen.events, 'volume-attach-failed');
    return podObservations(failures, (first) => ({
      title: `volume ${/volume "([^"]+)"/.exec(first.message)?.[1] ?? ''} cannot be attached to node ${first.pod.spec?.nodeName ?? ''}`,
      confidence: 'likely',
      mitigation: {
        ...lookAt('remove-volume', first),
        steps: [
          lookAt('', first).command,
          'Take the volume out of the Deployment (virt-operator keeps nothing on disks), or repair what attaches it:',
          withoutVolume(seen.deployment, mountOf(first)) ?? lookAtTemplate(seen.deployment),
        ],
      },
    }));
  },
});

/** The pod's volume that a disk is for: the words name the PersistentVolume, so only a single claim is sure. */
function mountOf({ pod }: PodFailure): string | null | undefined {
  const claimed = list(pod.spec?.volumes).filter((one) => one.persistentVolumeClaim || one.ephemeral || one.csi);
  return claimed.length === 1 ? claimed[0]?.name : undefined;
}
