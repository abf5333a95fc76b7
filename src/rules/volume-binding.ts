import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { unschedulable } from '../objects/placement/refused-pods.ts';
import { lookAtTemplate, withoutVolume } from '../objects/remedy/manual-step.ts';

/** Kubernetes 1.25 to 1.36 pkg/scheduler/framework/plugins: volumebinding, volumezone, nodevolumelimits. */
const WORDS =
  /persistentvolumeclaim "[^"]*" (?:not found|is being deleted)|unbound immediate PersistentVolumeClaims|bound to non-existent pv|ReadWriteOncePod access mode already in-use|no available disk|available persistent volumes to bind|volume node affinity conflict|PersistentVolume's node affinity|exceed max volume count|no available volume zone|node\(s\) did not have enough free storage/;

export default defineRule({
  code: 'volume-binding',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    "The operator pods use a persistent volume that is missing, not bound or out of a node's reach. KubeVirt's own manifest uses none.",
  impact: 'Operator pods that were lost stay Pending.',
  evidence:
    'Likely: an operator pod without a node uses a PersistentVolumeClaim, and the words of its PodScheduled condition are about volumes. The claim itself is not read.',
  remedy: 'Take the volume out of the Deployment, or make its claim bind.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE get persistentvolumeclaims',
    'kubectl -n NAMESPACE edit deployment virt-operator',
  ],
  related: ['volume-attach-failed', 'volume-mount-failed'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const { pods, deployment } = operatorOf(seen);
    const waiting = unschedulable(pods).flatMap((pod) => {
      const scheduled = condition(pod.status?.conditions, 'PodScheduled');
      const claims = list(pod.spec?.volumes).flatMap((volume) => {
        if (volume.ephemeral) return [`${nameOf(pod)}-${volume.name}`];
        return volume.persistentVolumeClaim?.claimName ?? [];
      });
      const says = claims.length > 0 && WORDS.test(scheduled?.message ?? '');
      return says ? [{ pod, claims, message: scheduled?.message ?? '', since: scheduled?.lastTransitionTime }] : [];
    });
    const [first] = waiting;
    if (!first) return [];
    const namespace = first.pod.metadata?.namespace ?? '';
    const look = shell`kubectl -n ${namespace} get persistentvolumeclaims`;
    const volume = list(first.pod.spec?.volumes).find((one) => one.persistentVolumeClaim || one.ephemeral)?.name;
    const out = [withoutVolume(deployment, volume) ?? lookAtTemplate(deployment)];
    const claims = [...new Set(waiting.flatMap((one) => one.claims))].join(', ');
    return [
      {
        title: `virt-operator's pods wait for a volume: PersistentVolumeClaim ${claims}`,
        object: deployment ? reference('Deployment', deployment) : reference('Pod', first.pod),
        since: first.since ?? null,
        confidence: 'likely',
        evidence: waiting.map((one) => ({
          text: one.message,
          source: `pod/${nameOf(one.pod)} status.conditions[PodScheduled]`,
        })),
        explains: waiting.map(({ pod }) => podGap(pod)),
        mitigation: {
          action: 'repair-volume',
          automatic: false,
          command: look,
          steps: [look, 'Make the claim bind; or take its volume out of the Deployment:', ...out],
        },
      },
    ];
  },
});
