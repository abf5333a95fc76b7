import { defineRule } from '../model/rule.ts';
import { isUntroubled } from '../objects/container/starting.ts';
import { list } from '../objects/meta/list.ts';
import { lastWriter } from '../objects/meta/managed-fields.ts';
import { isControlledBy, nameOf, reference } from '../objects/meta/reference.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { hurriedPods } from '../objects/pod/brief-life.ts';
import { FIND_CHANGER } from '../objects/pod/changed-pod.ts';
import { deletePods } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'active-deadline',
  rung: 'node',
  severity: 'critical',
  meaning:
    'Operator pods have a deadline (activeDeadlineSeconds) after which their kubelets end them. No Deployment may ask for that: a webhook or a policy sets it when the pods are made, or somebody set it afterwards.',
  impact:
    'Every look shows pods that seem to have just started, and Failed pods pile up. The operator loses the lead at each turn.',
  evidence:
    'Certain: an operator pod has spec.activeDeadlineSeconds of 10 minutes or less. Pods that ended with DeadlineExceeded are told with it.',
  remedy:
    'Keep what sets the deadline from the operator pods, then delete the pods that have it: a deadline cannot be taken off a pod.',
  commands: [
    'kubectl get mutatingwebhookconfigurations',
    'kubectl get mutatingadmissionpolicies',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['pod-churn', 'taint-tolerated-briefly', 'install-strategy-pod-masks'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const hurried = hurriedPods(operator.pods);
    const [first] = hurried;
    if (!first) return [];
    const ended = list(seen.pods)
      .filter((pod) => pod.status?.phase === 'Failed' && pod.status.reason === 'DeadlineExceeded')
      .filter((pod) => operator.replicaSets.some((one) => isControlledBy(pod, one)));
    const starting = hurried.filter(({ pod }) => operator.unready.includes(pod) && isUntroubled(pod));
    const writer = lastWriter(first.pod, ['spec', 'activeDeadlineSeconds']);
    return [
      {
        title: `operator pods are ended ${first.seconds}s after each start, by a deadline that is no part of their template`,
        object: reference('Pod', first.pod),
        since: null,
        confidence: 'certain',
        evidence: [
          ...hurried.map(({ pod, seconds }) => ({
            text: `activeDeadlineSeconds is ${seconds}`,
            source: `pod/${nameOf(pod)} spec.activeDeadlineSeconds`,
          })),
          ...(writer
            ? [{ text: `set by ${writer.manager}`, source: `pod/${nameOf(first.pod)} metadata.managedFields` }]
            : []),
          ...ended.map((pod) => ({
            text: `DeadlineExceeded: ${pod.status?.message ?? ''}`,
            source: `pod/${nameOf(pod)} status`,
          })),
        ],
        explains: [
          ...starting.map(({ pod }) => podGap(pod)),
          ...(hurried.length === operator.pods.length ? ['leader'] : []),
          'lasting',
        ],
        next: true,
        mitigation: {
          ...FIND_CHANGER,
          action: 'correct-deadline',
          steps: [
            FIND_CHANGER.command,
            'kubectl get mutatingadmissionpolicies',
            'Keep what sets activeDeadlineSeconds from pods labelled kubevirt.io=virt-operator, then replace the pods that have it:',
            ...deletePods(hurried.map(({ pod }) => pod)),
          ],
        },
      },
    ];
  },
});
