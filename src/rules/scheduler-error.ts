import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { isUnbound } from '../objects/pod/pod.ts';

export default defineRule({
  code: 'scheduler-error',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'kube-scheduler tried to place the operator pods and failed by itself: an extender or plugin does not answer, or the API server refused the binding.',
  impact: 'Operator pods stay Pending while the error lasts; the scheduler tries again.',
  evidence:
    'Certain: an operator pod without a node has the condition PodScheduled with reason SchedulerError, which kube-scheduler itself writes. What failed is in its words.',
  remedy: "Repair what the scheduler's words name, mostly a scheduler extender; see the log of kube-scheduler.",
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n kube-system logs -l component=kube-scheduler --tail=50',
  ],
  related: ['scheduler-down', 'scheduling-gated'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const failed = operatorOf(seen).pods.filter((pod) => {
      const scheduled = condition(pod.status?.conditions, 'PodScheduled');
      return isUnbound(pod) && scheduled?.status === 'False' && scheduled.reason === 'SchedulerError';
    });
    const [pod] = failed;
    if (!pod) return [];
    return [
      {
        title: 'kube-scheduler fails with an error when it places the operator pods',
        object: reference('Pod', pod),
        since: condition(pod.status?.conditions, 'PodScheduled')?.lastTransitionTime ?? null,
        confidence: 'certain',
        evidence: failed.map((one) => ({
          text: condition(one.status?.conditions, 'PodScheduled')?.message ?? 'no words',
          source: `pod/${nameOf(one)} status.conditions[PodScheduled]`,
        })),
        explains: failed.map(podGap),
        mitigation: {
          action: 'repair-scheduler',
          automatic: false,
          command: 'kubectl -n kube-system logs -l component=kube-scheduler --tail=50',
        },
      },
    ];
  },
});
