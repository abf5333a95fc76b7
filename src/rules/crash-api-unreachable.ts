import type { Mitigation } from '../model/finding.ts';
import type { Deployment, Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { crashText } from '../objects/container/crash.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { isProxied } from '../objects/container/crash-log.ts';
import { standstills } from '../objects/container/idle-log.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
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
    "Likely: the last known line of the operator's log (its termination message) is a network error on a call to the API server: refused, no route, no answer, no such name, or an error of a proxy.",
  remedy:
    "Look at the node's pod network: the CNI pod and kube-proxy there, a NetworkPolicy that denies egress, a firewall. Where a proxy is in its words, keep the API server's address out of it (NO_PROXY). If another node is sound, deleting the pod moves it.",
  commands: [
    'kubectl -n NAMESPACE logs POD -c CONTAINER --previous',
    'kubectl -n NAMESPACE describe networkpolicy POLICY',
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
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
    const proxied = cut.some(({ line }) => isProxied(line)) || idle.some(({ words }) => isProxied(words.text));
    const nodes = [...new Set(pods.flatMap((pod) => pod.spec?.nodeName ?? []))];
    const inPodNetwork = policies.length > 0 ? openEgress(first, policies) : repairNetwork(pods, nodes);
    return [
      {
        title: proxied
          ? 'virt-operator is to reach the API server through a proxy, and does not'
          : `virt-operator cannot reach the API server from ${nodes.length === 1 ? 'node' : 'nodes'} ${nodes.join(' and ')}`,
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
        mitigation: proxied ? pastProxy(seen.deployment, first) : inPodNetwork,
      },
    ];
  },
});

/** The settings come with the template, or something adds them to each pod. */
function pastProxy(deployment: Deployment | null, pod: Pod): Mitigation {
  const namespace = pod.metadata?.namespace;
  const command = shell`kubectl -n ${namespace} get deployment ${nameOf(deployment)} -o yaml`;
  return {
    action: 'bypass-proxy',
    automatic: false,
    command,
    steps: [
      command,
      shell`kubectl -n ${namespace} get pod ${nameOf(pod)} -o yaml`,
      'Where HTTPS_PROXY is set, in the Deployment or only in its pod: add the address of Service kubernetes to NO_PROXY there, or take the proxy out. With OLM, in the Subscription or the cluster-wide Proxy.',
      'kubectl -n default get service kubernetes',
    ],
  };
}

function openEgress(pod: Pod, policies: readonly string[]): Mitigation {
  const namespace = pod.metadata?.namespace;
  const command = shell`kubectl -n ${namespace} describe networkpolicy ${policies}`;
  return {
    action: 'open-egress',
    automatic: false,
    command,
    steps: [
      command,
      'kubectl -n default get endpoints kubernetes',
      'Let the operator pods out to these addresses and port, and to the cluster DNS:',
      ...policies.map((name) => shell`kubectl -n ${namespace} edit networkpolicy ${name}`),
    ],
  };
}

function repairNetwork(pods: readonly Pod[], nodes: readonly string[]): Mitigation {
  return {
    action: 'repair-pod-network',
    automatic: false,
    command: shell`kubectl get pods -A -o wide --field-selector spec.nodeName=${nodes[0]}`,
    steps: [
      ...podsOn(nodes),
      `Repair the pod network of ${nodes.join(' and ')}: the CNI pod and kube-proxy there, a firewall. If another node is sound, new pods may go there:`,
      ...deletePods(pods),
    ],
  };
}
