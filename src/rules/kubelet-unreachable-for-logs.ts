import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

/** The API server's words when a kubelet, or the way to it, is at fault (Kubernetes 1.36 apiserver pkg/registry/generic/rest/streamer.go, konnectivity), and what mends it. */
const CAUSES: readonly [pattern: RegExp, why: string, command: (node: string) => string][] = [
  [/remote error: tls:/, 'its serving certificate is not approved', () => 'kubectl get certificatesigningrequests'],
  [
    /No agent available/i,
    'no konnectivity agent is connected',
    () => 'kubectl get pods -A -o wide | grep konnectivity',
  ],
  [/x509:/, 'its certificate is not trusted', (node) => shell`kubectl describe node ${node}`],
  [
    /containerLogs\/|error dialing backend|dial tcp|Bad Gateway|Service Unavailable/i,
    'it cannot be reached',
    (node) => shell`kubectl describe node ${node}`,
  ],
];

export default defineRule({
  code: 'kubelet-unreachable-for-logs',
  rung: 'container-run',
  order: 99,
  severity: 'info',
  meaning:
    'The API server gets no log from the kubelet of a node: the kubelet, its serving certificate or the network between them is at fault.',
  impact: 'The cause has to be found without the log. kubectl logs, exec and port-forward fail on that node, too.',
  evidence:
    'The API server was asked for a log and answered that it does not get it from the kubelet. Likely where its words say why, possible where they do not. It is told beside the cause.',
  remedy:
    "Approve the kubelet's certificate signing request, or mend the way from the control plane to port 10250 of the node (firewall, konnectivity agent). On the node itself, crictl logs shows the log.",
  commands: ['kubectl describe node NODE', 'kubectl get certificatesigningrequests'],
  related: ['node-kubelet-stopped', 'crash-unexplained'],
  needs: ['operatorLogs'],
  wants: ['pods'],
  evaluate(seen) {
    const failed = list(seen.operatorLogs).flatMap(({ pod, container, failure }) =>
      failure === null ? [] : [{ pod, container, failure }],
    );
    const [first] = failed;
    if (!first) return [];
    const nodes = list(seen.pods)
      .filter((one) => failed.some(({ pod }) => pod === nameOf(one)))
      .flatMap((one) => one.spec?.nodeName ?? []);
    const names = [...new Set(nodes)].sort();
    const [node = ''] = names;
    const cause = CAUSES.find(([pattern]) => pattern.test(first.failure));
    const why = cause?.[1] ?? 'it does not answer';
    return [
      {
        title: `no log from the ${names.length > 1 ? 'kubelets of nodes' : 'kubelet of node'} ${names.join(' and ')}: ${why}`,
        object: { kind: 'Node', namespace: null, name: node },
        since: null,
        confidence: cause ? 'likely' : 'possible',
        evidence: failed.map(({ pod, container, failure }) => ({
          text: failure,
          source: `log of pod/${pod} container ${container}`,
        })),
        explains: [],
        mitigation: {
          action: 'repair-kubelet-access',
          automatic: false,
          command: cause?.[2](node) ?? shell`kubectl describe node ${node}`,
        },
      },
    ];
  },
});
