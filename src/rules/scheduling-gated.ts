import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { isUnbound } from '../objects/pod/pod.ts';
import { patchTemplate } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'scheduling-gated',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'The operator pods carry scheduling gates: the scheduler does not look at them until somebody takes the gates off.',
  impact: 'Operator pods stay Pending until then.',
  evidence: 'Certain: an operator pod without a node has spec.schedulingGates.',
  remedy:
    'Find the controller that owns the gate (a queueing product such as Kueue, mostly) and repair it, or leave the operator out of what it gates.',
  commands: ['kubectl -n NAMESPACE get pod POD -o yaml'],
  related: ['scheduler-down', 'scheduler-error', 'unknown-scheduler-name'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const { pods, deployment } = operatorOf(seen);
    const gated = pods.filter((pod) => isUnbound(pod) && list(pod.spec?.schedulingGates).length > 0);
    const [pod] = gated;
    if (!pod) return [];
    const gates = [...new Set(gated.flatMap((one) => list(one.spec?.schedulingGates).map((gate) => gate.name ?? '')))];
    const look = shell`kubectl -n ${pod.metadata?.namespace} get pod ${nameOf(pod)} -o yaml`;
    const isOwn = list(deployment?.spec?.template?.spec?.schedulingGates).length > 0;
    return [
      {
        title: `virt-operator's pods are held back by ${gates.length === 1 ? 'scheduling gate' : 'scheduling gates'} ${gates.join(', ')}`,
        object: reference('Pod', pod),
        since: pod.metadata?.creationTimestamp ?? null,
        confidence: 'certain',
        evidence: gated.map((one) => ({
          text: `gated by ${list(one.spec?.schedulingGates)
            .map((gate) => gate.name ?? '')
            .join(', ')}: ${condition(one.status?.conditions, 'PodScheduled')?.message ?? 'not scheduled'}`,
          source: `pod/${nameOf(one)} spec.schedulingGates`,
        })),
        explains: gated.map(podGap),
        mitigation: {
          action: 'find-gate-owner',
          automatic: false,
          command: look,
          steps: [
            look,
            `Repair the controller that takes ${gates.join(', ')} away (a queueing product such as Kueue, mostly).`,
            ...(isOwn
              ? ['Or take the gate out of the Deployment:', patchTemplate(deployment, { schedulingGates: null })]
              : ['Or leave the operator out of what its webhook gates:', 'kubectl get mutatingwebhookconfigurations']),
          ],
        },
      },
    ];
  },
});
