import { defineRule } from '../model/rule.ts';
import { crashes, crashText, logLine } from '../objects/crash.ts';
import { operatorOf, podGap } from '../objects/operator.ts';
import { reference } from '../objects/reference.ts';

/** Go's network errors on the first calls that virt-operator makes (KubeVirt v1.9 pkg/virt-operator/application.go), whatever it was asking for; a webhook that the API server cannot reach is another matter. */
const UNREACHABLE =
  /^(?!.*failed calling webhook).*(?:dial tcp [^ ]+: (?:i\/o timeout|connect: (?:connection refused|no route to host|network is unreachable|connection timed out))|lookup kubernetes\S* [^"]*(?:no such host|i\/o timeout)|TLS handshake timeout)/;

export default defineRule({
  code: 'crash-api-unreachable',
  rung: 'container-run',
  order: 1,
  severity: 'critical',
  meaning: 'The operator ends at start because it cannot reach the API server from inside its pod.',
  impact: 'The operator restarts again and again. Other pods on the same node are likely to have the same trouble.',
  remedy:
    "Look at the node's pod network: the CNI pod and kube-proxy there, a NetworkPolicy that denies egress, a firewall. If another node is sound, deleting the pod moves it.",
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const cut = crashes(operator.unready, seen.readAt).flatMap((crash) => {
      const line = crash.exitCode === 0 ? null : logLine(crash.message, UNREACHABLE);
      return line === null ? [] : [{ crash, line }];
    });
    const [first] = cut;
    if (!first) return [];
    const nodes = [...new Set(cut.flatMap(({ crash }) => crash.pod.spec?.nodeName ?? []))];
    return [
      {
        title: `virt-operator cannot reach the API server from ${nodes.length === 1 ? 'node' : 'nodes'} ${nodes.join(' and ')}`,
        object: reference('Pod', first.crash.pod),
        since: first.crash.finishedAt,
        confidence: 'likely',
        evidence: cut.flatMap(({ crash, line }) => [
          { text: line, source: `${crash.source}, message` },
          { text: crashText(crash), source: crash.source },
        ]),
        explains: cut.map(({ crash }) => podGap(crash.pod)),
        mitigation: {
          action: 'repair-pod-network',
          automatic: false,
          command: `kubectl get pods -A -o wide --field-selector spec.nodeName=${nodes[0] ?? ''}`,
        },
      },
    ];
  },
});
