import type { KubernetesEvent, Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { eventsAbout, eventTime } from '../objects/meta/event.ts';
import { ago } from '../objects/meta/human-duration.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { leaseState, leaseText } from '../objects/operator/lease.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { freeAgain } from '../objects/placement/free-again.ts';

export default defineRule({
  code: 'scheduler-behind',
  rung: 'scheduling',
  order: 900,
  severity: 'warning',
  meaning:
    'A node would take the operator pod by now, but the scheduler has not tried it again: it does so when it sees a change that matters to the pod, else after 5 minutes.',
  impact:
    'The operator pod stays Pending for some minutes more, or for as long as the scheduler does not see what changed.',
  evidence:
    'Likely: the scheduler refused the pod for reasons that nodes and their pods show (taints, affinity, room, ports, spread), and worked out again from what they are now nothing stands in the way on a node. When it tried last is told where an event says so. Pods that it refused for anything else do not count.',
  remedy:
    "Delete the pod: the one that takes its place is tried at once. If that is refused too, look at the scheduler's log, its profile and its extenders.",
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n kube-system logs -l component=kube-scheduler --tail=50',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['scheduler-down', 'scheduler-error', 'unknown-scheduler-name', 'replicaset-backoff'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  wants: ['nodePods', 'events', 'schedulerLease'],
  evaluate(seen) {
    return freeAgain(operatorOf(seen).pods, seen.nodes ?? [], seen.nodePods).map(({ pods, nodes, words }) => {
      const [pod] = pods as [Pod];
      const [name, namespace] = [nameOf(pod), pod.metadata?.namespace];
      const remove = shell`kubectl -n ${namespace} delete pod ${pods.map(nameOf)}`;
      return {
        title: `node ${nodes[0]} would take pod ${name} by now, and the scheduler has not tried again: it does so within 5 minutes, or does not see what changed`,
        object: reference('Pod', pod),
        since: null,
        confidence: 'likely' as const,
        evidence: [
          { text: words, source: `pod/${name} status.conditions[PodScheduled]` },
          { text: 'nothing keeps the pod out', source: `node/${nodes[0]} and the pods on it` },
          ...lastTry(pod, seen.events, seen.readAt),
          ...(seen.schedulerLease
            ? [
                {
                  text: leaseText(leaseState(seen.schedulerLease, seen.readAt)),
                  source: 'lease/kube-scheduler in kube-system',
                },
              ]
            : []),
        ],
        explains: pods.map(podGap),
        mitigation: {
          action: 'try-again',
          automatic: false,
          command: remove,
          steps: [
            'A pod that is made anew is tried at once:',
            remove,
            'If that is refused in the same words, the scheduler does not see the nodes as they are: look at its log, its profile and its extenders.',
            'kubectl -n kube-system logs -l component=kube-scheduler --tail=50',
          ],
        },
      };
    });
  },
});

function lastTry(pod: Pod, events: readonly KubernetesEvent[] | null | undefined, readAt: string) {
  const [event] = eventsAbout(events, pod, 'FailedScheduling');
  const time = event ? eventTime(event) : null;
  return time
    ? [{ text: `last known try ${ago(readAt, time)}`, source: `pod/${nameOf(pod)} event FailedScheduling` }]
    : [];
}
