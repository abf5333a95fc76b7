import { defineRule } from '../model/rule.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { countsPhases } from '../objects/monitoring/alert-rule.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'running-not-ready',
  rung: 'leader',
  order: 84,
  severity: 'info',
  meaning:
    'Operator pods are in phase Running, as they also are between two crashes, and none is Ready. VirtOperatorDown (from KubeVirt 1.8.4 on) counts phases, and takes that for an operator that is up.',
  impact: 'VirtOperatorDown stays silent while virt-operator is down. NoReadyVirtOperator still fires.',
  evidence:
    "Certain: an operator pod is in phase Running, none is Ready, and VirtOperatorDown counts running pods (by the rule in the cluster, or by KubeVirt's version). It is told beside the cause.",
  remedy: 'Mend what keeps the pods from being Ready: that is the cause.',
  commands: ['kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator'],
  related: ['crash-unexplained', 'readiness-failing', 'install-strategy-pod-masks', 'old-alert-name'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['prometheusRules', 'kubevirts', 'operatorWebhook'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const running = operator.unready.filter((pod) => pod.status?.phase === 'Running');
    const [first] = running;
    if (!first || operator.ready.length > 0 || !countsPhases(seen)) return [];
    return [
      {
        title: `VirtOperatorDown may be silent, for ${running.length} operator ${running.length === 1 ? 'pod is' : 'pods are'} Running, though not Ready`,
        object: reference('Pod', first),
        since: null,
        confidence: 'certain',
        evidence: running.map((pod) => ({
          text: 'is in phase Running, and not Ready',
          source: `pod/${nameOf(pod)} status.phase`,
        })),
        explains: [],
        mitigation: null,
      },
    ];
  },
});
