import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { countsPhases } from '../objects/monitoring/alert-rule.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'install-strategy-pod-masks',
  rung: 'leader',
  order: 83,
  severity: 'info',
  meaning:
    'A pod of the install-strategy Job runs, and no operator pod. Its name begins as theirs do (KubeVirt 1.9.0), so that VirtOperatorDown counts it as one.',
  impact: 'VirtOperatorDown stays silent while virt-operator is down. NoReadyVirtOperator still fires.',
  evidence:
    "Certain: a pod of the install-strategy Job is Running and is called as operator pods are, no operator pod is, and VirtOperatorDown counts running pods (by the rule in the cluster, or by KubeVirt's version). It is told beside the cause.",
  remedy: 'Mend virt-operator; the Job ends by itself, or with it.',
  commands: ['kubectl -n NAMESPACE get pods'],
  related: ['alert-ksm-down', 'old-alert-name'],
  needs: ['strategyPods', 'deployment', 'replicaSets', 'pods'],
  wants: ['prometheusRules', 'kubevirts', 'operatorWebhook'],
  evaluate(seen) {
    const isRunning = (pod: { status?: { phase?: string | null } | null }) => pod.status?.phase === 'Running';
    const masks = list(seen.strategyPods).filter((pod) => isRunning(pod) && nameOf(pod).startsWith('virt-operator-'));
    const [first] = masks;
    if (!first || !countsPhases(seen) || operatorOf(seen).ready.length > 0 || list(seen.pods).some(isRunning))
      return [];
    return [
      {
        title: `VirtOperatorDown may be silent, for it takes pod ${nameOf(first)} for an operator pod`,
        object: reference('Pod', first),
        since: first.status?.startTime ?? null,
        confidence: 'certain',
        evidence: masks.map((pod) => ({
          text: 'is in phase Running, and belongs to the install-strategy Job',
          source: `pod/${nameOf(pod)} status.phase`,
        })),
        explains: [],
        mitigation: null,
      },
    ];
  },
});
