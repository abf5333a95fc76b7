import { defineRule } from '../model/rule.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { candidates } from '../objects/placement/placement.ts';

export default defineRule({
  code: 'both-replicas-on-one-node',
  rung: 'node',
  severity: 'info',
  meaning: 'All operator pods are on one node, though others would do: KubeVirt only prefers to spread them.',
  impact: 'Whatever happens to that node happens to every replica at once.',
  evidence:
    'Certain: all operator pods are bound to one node, at least one is not ready, and nothing stands against another node that may run them. It is told beside the cause.',
  remedy: 'Delete one pod once another node is free; the scheduler then prefers a node without an operator pod.',
  commands: [
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator -o wide',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['node-kubelet-stopped', 'pod-anti-affinity', 'topology-spread'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const [pod, ...others] = operator.pods;
    const node = pod?.spec?.nodeName;
    if (!pod || !node || others.length === 0 || operator.unready.length === 0) return [];
    const free = candidates(pod, seen.nodes ?? [], { pods: null, on: [] }).filter((one) => one.obstacles.length === 0);
    if (others.some((one) => one.spec?.nodeName !== node) || !free.some(({ name }) => name !== node)) return [];
    return [
      {
        title: `${others.length === 1 ? 'both' : 'all'} operator pods are on node ${node}`,
        object: reference('Deployment', operator.deployment),
        since: null,
        confidence: 'certain',
        evidence: operator.pods.map((one) => ({
          text: `bound to ${node}`,
          source: `pod/${nameOf(one)} spec.nodeName`,
        })),
        explains: [],
        mitigation: {
          action: 'spread-pods',
          automatic: false,
          command: shell`kubectl -n ${pod.metadata?.namespace} delete pod ${nameOf(pod)}`,
        },
      },
    ];
  },
});
