import { defineRule } from '../model/rule.ts';
import { eventMessage, eventTime } from '../objects/meta/event.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { operatorOf, workloadGaps } from '../objects/operator/operator.ts';
import { disruption } from '../objects/pod/disruption.ts';

/** Older events explain no outage of now: a replacement is made at once. */
const RECENT_SECONDS = 900;

export default defineRule({
  code: 'preempted',
  rung: 'scheduling',
  severity: 'warning',
  meaning:
    "kube-scheduler removed operator pods to make room for pods of higher priority. With KubeVirt's own priority class only system pods can do that.",
  impact: 'The replacement needs room elsewhere; without the priority class the operator gives way to any workload.',
  evidence:
    "Certain: an operator pod has the condition DisruptionTarget with reason PreemptionByScheduler, or an event Preempted of the last 15 minutes is about a pod of the operator's ReplicaSets. It is told beside the cause, and only while the operator lacks something.",
  remedy: 'Make room on the nodes that may run the operator, and see that the Deployment has its priority class.',
  commands: ['kubectl get priorityclasses', 'kubectl -n NAMESPACE get events'],
  related: ['priorityclass-missing', 'insufficient-memory', 'evicted-by-api', 'kubelet-preempted'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    if (workloadGaps(operator).length === 0) return [];
    const leaving = list(seen.pods).flatMap((pod) => {
      const why = disruption(pod);
      if (why?.reason !== 'PreemptionByScheduler') return [];
      const source = `pod/${nameOf(pod)} status.conditions[DisruptionTarget]`;
      return [{ name: nameOf(pod), text: why.message, time: why.time, source }];
    });
    const owned = operator.replicaSets.map((one) => `${nameOf(one)}-`);
    const told = list(seen.events)
      .filter(({ reason, involvedObject }) => reason === 'Preempted' && involvedObject?.kind === 'Pod')
      .filter((event) => (ageSeconds(seen.readAt, eventTime(event)) ?? RECENT_SECONDS) < RECENT_SECONDS)
      .filter(({ involvedObject }) => owned.some((start) => involvedObject?.name?.startsWith(start)))
      .map((event) => {
        const name = event.involvedObject?.name ?? '';
        return { name, text: eventMessage(event), time: eventTime(event), source: `pod/${name} event Preempted` };
      });
    const [first] = [...leaving, ...told];
    if (!first) return [];
    return [
      {
        title: `operator pod ${first.name} was pushed out by a pod of higher priority`,
        object: { kind: 'Pod', namespace: operator.deployment?.metadata?.namespace ?? null, name: first.name },
        since: first.time,
        confidence: 'certain',
        evidence: [...leaving, ...told].map(({ text, source }) => ({ text, source })),
        explains: [],
        mitigation: { action: 'make-room', automatic: false, command: 'kubectl get priorityclasses' },
      },
    ];
  },
});
