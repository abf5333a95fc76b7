import type { Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { eventsAbout } from '../objects/meta/event.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { leaseState } from '../objects/operator/lease.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { containerStatuses } from '../objects/pod/pod.ts';
import { deletePods, describeNodes } from '../objects/remedy/manual-step.ts';

/** A kubelet writes its first status of a pod within seconds. */
const PATIENCE_SECONDS = 120;

export default defineRule({
  code: 'kubelet-not-acting',
  rung: 'node',
  severity: 'critical',
  meaning: "A node's kubelet renews its lease, but does nothing with the pods that are bound to it.",
  impact: 'Operator pods there stay Pending without a container, an event or a reason.',
  evidence:
    "Certain: a pod has been bound to a node for more than two minutes and its kubelet has written neither a start time nor a container's status, while the node is Ready and renews its lease.",
  remedy:
    "Look at the kubelet's log on that node: it may not be allowed to watch its pods (its certificate, or the node's name), or it hangs. Deleting the pod lets it go to another node.",
  commands: [
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator -o wide',
    'kubectl describe node NODE',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['node-kubelet-stopped', 'kubelet-admission-rejected', 'node-lease-stale-but-ready'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes', 'nodeLeases'],
  wants: ['events'],
  evaluate(seen) {
    const alive = list(seen.nodes)
      .filter((node) => condition(node.status?.conditions, 'Ready')?.status === 'True')
      .filter((node) => {
        const lease = list(seen.nodeLeases).find((one) => nameOf(one) === nameOf(node));
        return !!lease && leaseState(lease, seen.readAt).alive;
      });
    const ignored = operatorOf(seen).unready.filter(
      (pod) =>
        isIgnored(pod, seen.readAt) &&
        !isSpokenOf(pod, seen.events) &&
        alive.some((node) => nameOf(node) === pod.spec?.nodeName),
    );
    const [pod] = ignored;
    if (!pod) return [];
    const names = [...new Set(ignored.map((one) => one.spec?.nodeName ?? ''))].sort();
    const several = names.length > 1;
    return [
      {
        title: `the ${several ? 'kubelets of nodes' : 'kubelet of node'} ${names.join(', ')} ${several ? 'are alive, but start' : 'is alive, but starts'} no pods`,
        object: { kind: 'Node', namespace: null, name: names[0] ?? '' },
        since: boundAt(pod),
        confidence: 'certain',
        evidence: ignored.map((one) => ({
          text: `bound to ${one.spec?.nodeName} for ${Math.round(ageSeconds(seen.readAt, boundAt(one)) ?? 0)}s, and its kubelet has written no status`,
          source: `pod/${nameOf(one)} status`,
        })),
        explains: ignored.map(podGap),
        mitigation: {
          action: 'repair-kubelet',
          automatic: false,
          command: shell`kubectl describe node ${names[0] ?? ''}`,
          steps: [
            ...describeNodes(names),
            `On ${names.join(', ')}, read the log of the kubelet: journalctl -u kubelet. It hangs, or may not watch its pods (its certificate, or the name of the node). If another node is sound, new pods may go there:`,
            ...deletePods(ignored),
          ],
        },
      },
    ];
  },
});

/** Whether anybody but the scheduler has told something of the pod: then what that says is nearer. */
function isSpokenOf(pod: Pod, events: Parameters<typeof eventsAbout>[0]): boolean {
  return eventsAbout(events, pod).some(({ reason }) => !['Scheduled', 'FailedScheduling'].includes(reason ?? ''));
}

/** The kubelet's first status has a start time. */
function isIgnored(pod: Pod, readAt: string): boolean {
  const untouched = !pod.status?.startTime && containerStatuses(pod).length === 0;
  return untouched && (ageSeconds(readAt, boundAt(pod)) ?? 0) > PATIENCE_SECONDS;
}

function boundAt(pod: Pod): string | null {
  return condition(pod.status?.conditions, 'PodScheduled')?.lastTransitionTime ?? null;
}
