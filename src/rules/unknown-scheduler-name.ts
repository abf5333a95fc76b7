import type { Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { isUnbound } from '../objects/pod/pod.ts';

/** A running scheduler writes its verdict into a pod within a second or two. */
const PATIENCE_SECONDS = 30;
const DEFAULT = 'default-scheduler';

export default defineRule({
  code: 'unknown-scheduler-name',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'The operator pods name a scheduler that nobody runs: kube-scheduler leaves such pods alone and says nothing.',
  impact: 'Operator pods stay Pending without any event or condition.',
  evidence:
    'Certain: an operator pod names another scheduler than default-scheduler, has no scheduling gate, and 30 seconds after it was made has neither a node nor a PodScheduled condition. Possible before that.',
  remedy:
    'Run a scheduler of that name, or take schedulerName out of the Deployment (through its owner, should it have one).',
  commands: [
    'kubectl -n NAMESPACE get pod POD -o yaml',
    'kubectl -n NAMESPACE patch deployment/virt-operator -p \'{"spec":{"template":{"spec":{"schedulerName":"default-scheduler"}}}}\'',
  ],
  related: ['scheduler-down', 'scheduling-gated'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const ignored = operator.pods.filter(
      (pod) =>
        isUnbound(pod) &&
        (pod.spec?.schedulerName ?? DEFAULT) !== DEFAULT &&
        list(pod.spec?.schedulingGates).length === 0 &&
        condition(pod.status?.conditions, 'PodScheduled') === null,
    );
    const [pod] = ignored;
    if (!pod) return [];
    const name = pod.spec?.schedulerName ?? '';
    const { deployment } = operator;
    return [
      {
        title: `virt-operator's pods wait for a scheduler called ${name}, and none has looked at them`,
        object: deployment ? reference('Deployment', deployment) : reference('Pod', pod),
        since: pod.metadata?.creationTimestamp ?? null,
        confidence: ignored.some((one) => isOverdue(one, seen.readAt)) ? 'certain' : 'possible',
        evidence: ignored.map((one) => ({
          text: `has no node and no PodScheduled condition; schedulerName is ${one.spec?.schedulerName}`,
          source: `pod/${nameOf(one)} spec.schedulerName`,
        })),
        explains: ignored.map(podGap),
        mitigation: deployment
          ? {
              action: 'reset-scheduler-name',
              automatic: false,
              command: shell`kubectl -n ${deployment.metadata?.namespace} patch deployment/${nameOf(deployment)} -p '{"spec":{"template":{"spec":{"schedulerName":"${DEFAULT}"}}}}'`,
            }
          : null,
      },
    ];
  },
});

function isOverdue({ metadata }: Pod, readAt: string): boolean {
  return (ageSeconds(readAt, metadata?.creationTimestamp) ?? 0) > PATIENCE_SECONDS;
}
