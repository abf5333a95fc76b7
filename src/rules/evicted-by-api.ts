import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { operatorOf, workloadGaps } from '../objects/operator/operator.ts';
import { disruption } from '../objects/pod/disruption.ts';

export default defineRule({
  code: 'evicted-by-api',
  rung: 'node',
  severity: 'warning',
  meaning:
    'Somebody drained the nodes of operator pods (kubectl drain, an upgrade, an autoscaler). No PodDisruptionBudget protects virt-operator, so all its pods may go at once.',
  impact:
    'The replacements need another node; where only the drained nodes would do, the operator is down until the maintenance is over.',
  evidence:
    'Certain: an operator pod has the condition DisruptionTarget with reason EvictionByEvictionAPI. It is told beside the cause, and only while the operator lacks something.',
  remedy: 'Let the maintenance finish, or uncordon one of the nodes that may run the operator.',
  commands: ['kubectl get nodes', 'kubectl uncordon NODE'],
  related: ['cordoned', 'preempted', 'node-shutdown', 'exit-143-term'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    if (workloadGaps(operatorOf(seen)).length === 0) return [];
    const evicted = list(seen.pods).flatMap((pod) => {
      const why = disruption(pod);
      return why?.reason === 'EvictionByEvictionAPI' ? [{ pod, why }] : [];
    });
    const [first] = evicted;
    if (!first) return [];
    const nodes = [...new Set(evicted.map(({ pod }) => pod.spec?.nodeName ?? ''))].sort().join(', ');
    return [
      {
        title: `virt-operator's pods were evicted from ${nodes}, as by a drain`,
        object: reference('Pod', first.pod),
        since: first.why.time,
        confidence: 'certain',
        evidence: evicted.map(({ pod, why }) => ({
          text: `${why.reason}: ${why.message}`,
          source: `pod/${nameOf(pod)} status.conditions[DisruptionTarget]`,
        })),
        explains: [],
        mitigation: { action: 'check-maintenance', automatic: false, command: 'kubectl get nodes' },
      },
    ];
  },
});
