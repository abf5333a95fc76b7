import type { Mitigation } from '../model/finding.ts';
import type { Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { overdue } from '../objects/meta/terminating.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { silentNodes } from '../objects/node/node-status.ts';
import { operatorOf, uncreatedGaps } from '../objects/operator/operator.ts';
import { awaitedPods } from '../objects/operator/recreate.ts';

/** What ends so soon is waited for; KubeVirt gives its pods 30 seconds. */
const SOON_SECONDS = 60;

export default defineRule({
  code: 'recreate-waits-for-pods',
  rung: 'deployment',
  order: 8,
  severity: 'critical',
  meaning:
    "The Deployment's strategy is Recreate, so it makes no pod of the present template before the old ones are gone, and these stay Terminating. KubeVirt's own strategy is RollingUpdate.",
  impact: 'No operator runs until the last old pod is gone, which may take as long as its grace period.',
  evidence:
    'Certain: spec.strategy.type is Recreate, pods are missing, and pods of an older ReplicaSet are being deleted and have not finished.',
  remedy:
    'Shorten the grace period of the old pods by deleting them again, or mend what holds them. Then set the strategy back to RollingUpdate.',
  commands: [
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator -o wide',
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl virtop wait',
    'kubectl -n NAMESPACE delete pod POD --grace-period=30 --wait=false',
  ],
  related: ['pod-stuck-terminating-finalizer', 'pod-stuck-terminating-on-dead-node'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const silent = silentNodes(seen.nodes).map(nameOf);
    const awaited = awaitedPods(seen).filter((pod) => !silent.includes(pod.spec?.nodeName ?? ''));
    const [pod] = awaited;
    if (!pod || !operator.deployment) return [];
    return [
      {
        title: `Deployment ${nameOf(operator.deployment)} waits for ${awaited.length} old ${awaited.length === 1 ? 'pod' : 'pods'} to end before it makes new ones (strategy Recreate)`,
        object: reference('Deployment', operator.deployment),
        since: null,
        confidence: 'certain',
        evidence: awaited.map((one) => ({
          text: endingText(one, seen.readAt),
          source: `pod/${nameOf(one)} metadata.deletionTimestamp`,
        })),
        explains: [...uncreatedGaps(operator), 'rollout'],
        mitigation: mitigationOf(awaited, seen.readAt),
      },
    ];
  },
});

function endingText({ metadata }: Pod, readAt: string): string {
  const held = list(metadata?.finalizers).join(', ');
  const text = hasTime(metadata?.deletionTimestamp, readAt)
    ? `may take until ${metadata?.deletionTimestamp} to end: its grace period is ${metadata?.deletionGracePeriodSeconds}s`
    : `should have ended at ${metadata?.deletionTimestamp}`;
  return held ? `${text}; held by ${held}` : text;
}

function hasTime(deletionTimestamp: string | null | undefined, readAt: string): boolean {
  return (ageSeconds(readAt, deletionTimestamp) ?? 0) < 0;
}

function mitigationOf(awaited: readonly Pod[], readAt: string): Mitigation {
  const namespace = awaited[0]?.metadata?.namespace ?? '';
  const [stuck] = [
    ...awaited.filter(({ metadata }) => list(metadata?.finalizers).length > 0),
    ...overdue(awaited, readAt),
  ];
  if (stuck) {
    const command = shell`kubectl -n ${namespace} describe pod ${nameOf(stuck)}`;
    return { action: 'look-at-pods', automatic: false, command };
  }
  const slow = awaited.filter((pod) => (ageSeconds(readAt, pod.metadata?.deletionTimestamp) ?? 0) < -SOON_SECONDS);
  if (slow.length === 0) return { action: 'wait-for-pods', automatic: false, command: 'kubectl virtop wait' };
  const command = shell`kubectl -n ${namespace} delete pod ${slow.map(nameOf)} --grace-period=30 --wait=false`;
  return { action: 'shorten-grace-period', automatic: false, command };
}
