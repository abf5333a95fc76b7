import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { reference } from '../objects/meta/reference.ts';

const ETCD = 'kubectl -n kube-system get pods -l component=etcd -o wide';

/**
 * etcd 3.6 api/v3rpc/rpctypes/error.go; Kubernetes 1.36 apiserver pkg/endpoints/handlers/rest.go, pkg/admission/handler.go, and
 * apimachinery pkg/api/errors/errors.go NewGenericServerResponse.
 */
const REFUSALS = [
  {
    words: /etcdserver: mvcc: database space exceeded/,
    title: 'etcd is full: the API server can store no new pod',
    action: 'repair-etcd',
    command: ETCD,
  },
  {
    words:
      /etcdserver: (?:request timed out|too many requests|leader changed|no leader|server stopped|unhealthy cluster)|rpc error: code = Unavailable desc = (?:transport is closing|error reading from server)|request did not complete within (?:the allotted|requested) timeout/,
    title: 'etcd is too slow: the API server could not store the operator pods',
    action: 'repair-etcd',
    command: ETCD,
  },
  {
    words: /the server has received too many requests and has asked us to try again later|: Too many requests, please/,
    title: 'the API server is overloaded: it turns away the requests that make operator pods',
    action: 'relieve-api-server',
    command: "kubectl get --raw='/debug/api_priority_and_fairness/dump_priority_levels'",
  },
  {
    words: /is forbidden: not yet ready to handle request/,
    title: 'the API server takes no pod yet: one of its admission plugins is not ready',
    action: 'repair-api-server',
    command: "kubectl get --raw='/readyz?verbose'",
  },
];

export default defineRule({
  code: 'etcd-full-or-slow-create',
  rung: 'replicaset',
  order: 1,
  severity: 'critical',
  meaning:
    'The store behind the API server (etcd) is full, or too slow to take a new pod, or the API server itself is overloaded or not ready. Events and statuses may be missing for the same reason.',
  impact: 'No object of the cluster can be written, or only now and then: nothing is repaired or rescheduled.',
  evidence:
    "Likely: the newest failure to create operator pods has etcd's own words, or those of an API server that turns requests away. Its space is exceeded: full. A request timed out, the leader changed, or there are too many requests: slow. etcd itself is not asked.",
  remedy:
    'Full: compact and defragment etcd, then disarm its NOSPACE alarm. Slow: look at the disks, the network and the leader changes of its members. Overloaded: find who sends so many requests (API priority and fairness shows its queues).',
  commands: [
    'kubectl -n NAMESPACE describe replicaset REPLICASET',
    "kubectl get --raw='/readyz?verbose'",
    "kubectl get --raw='/debug/api_priority_and_fairness/dump_priority_levels'",
    'kubectl -n kube-system get pods -l component=etcd -o wide',
  ],
  related: ['api-degraded', 'etcd-or-api-slow', 'quota-of-events'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const refusal = REFUSALS.find((one) => one.words.test(blocked?.failure?.message ?? ''));
    if (!blocked || !refusal) return [];
    const { title, action, command } = refusal;
    const said = words(blocked, refusal.words);
    return [
      {
        title,
        object: reference('ReplicaSet', blocked.failure?.replicaSet),
        since: saidSince(blocked, said),
        confidence: 'likely',
        evidence: said,
        explains: blocked.gaps,
        told: true,
        mitigation: { action, automatic: false, command },
      },
    ];
  },
});
