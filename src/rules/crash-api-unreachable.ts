import { defineRule } from '../model/rule.ts';
import { crashText } from '../objects/container/crash.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { standstills } from '../objects/container/idle-log.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { egressEvidence } from '../objects/monitoring/api-egress.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { deletePods, podsOn } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'crash-api-unreachable',
  rung: 'container-run',
  order: 1,
  severity: 'critical',
  meaning: 'The operator ends at start because it cannot reach the API server from inside its pod.',
  impact: 'The operator restarts again and again. Other pods on the same node are likely to have the same trouble.',
  evidence:
    "Likely: the last known line of the operator's log (its termination message) is a network error on a call to the API server: refused, no route, no answer or no such name.",
  remedy:
    "Look at the node's pod network: the CNI pod and kube-proxy there, a NetworkPolicy that denies egress, a firewall. If another node is sound, deleting the pod moves it.",
  commands: [
    'kubectl -n NAMESPACE logs POD -c CONTAINER --previous',
    'kubectl -n NAMESPACE describe networkpolicy POLICY',
    'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['api-unreachable', 'image-dns', 'sandbox-cni-failed', 'leader-election-lost'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'networkPolicies', 'operatorLogs'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const cut = crashesOf(operator, seen, 'crash-api-unreachable');
    const idle = standstills(operator.ready, seen.operatorLogs).filter(({ kind }) => kind === 'crash-api-unreachable');
    const pods = [...cut, ...idle].map(({ pod }) => pod);
    const [first] = pods;
    if (!first) return [];
    const egress = egressEvidence(operator, seen);
    const policies = egress?.sure ? egress.policies : [];
    const nodes = [...new Set(pods.flatMap((pod) => pod.spec?.nodeName ?? []))];
    return [
      {
        title: `virt-operator cannot reach the API server from ${nodes.length === 1 ? 'node' : 'nodes'} ${nodes.join(' and ')}`,
        object: reference('Pod', first),
        since: cut[0]?.finishedAt ?? null,
        confidence: 'likely',
        evidence: [
          ...(egress?.evidence ?? []),
          ...cut.flatMap((crash) => [
            { text: crash.line, source: crash.saidIn },
            { text: crashText(crash), source: crash.source },
          ]),
          ...idle.map(({ words }) => words),
        ],
        explains: [...cut.map(({ pod }) => podGap(pod)), ...(idle.length > 0 ? ['leader'] : [])],
        mitigation:
          policies.length > 0
            ? {
                action: 'open-egress',
                automatic: false,
                command: shell`kubectl -n ${first.metadata?.namespace} describe networkpolicy ${policies}`,
                steps: [
                  shell`kubectl -n ${first.metadata?.namespace} describe networkpolicy ${policies}`,
                  'kubectl -n default get endpoints kubernetes',
                  'Let the operator pods out to these addresses and port, and to the cluster DNS:',
                  ...policies.map((name) => shell`kubectl -n ${first.metadata?.namespace} edit networkpolicy ${name}`),
                ],
              }
            : {
                action: 'repair-pod-network',
                automatic: false,
                command: shell`kubectl get pods -A -o wide --field-selector spec.nodeName=${nodes[0]}`,
                steps: [
                  ...podsOn(nodes),
                  `Repair the pod network of ${nodes.join(' and ')}: the CNI pod and kube-proxy there, a firewall. If another node is sound, new pods may go there:`,
                  ...deletePods(pods),
                ],
              },
      },
    ];
  },
});
