import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { reference } from '../objects/meta/reference.ts';

/** etcd 3.6 api/v3rpc/rpctypes/error.go, and Kubernetes 1.36 apiserver pkg/endpoints/handlers/rest.go. */
const FULL = /etcdserver: mvcc: database space exceeded/;
const REFUSED = new RegExp(
  `${FULL.source}|etcdserver: (?:request timed out|too many requests|leader changed|no leader|server stopped|unhealthy cluster)|rpc error: code = Unavailable desc = (?:transport is closing|error reading from server)|request did not complete within (?:the allotted|requested) timeout`,
);

export default defineRule({
  code: 'etcd-full-or-slow-create',
  rung: 'replicaset',
  order: 1,
  severity: 'critical',
  meaning:
    'The store behind the API server (etcd) is full, or too slow to take a new pod. Events and statuses may be missing for the same reason.',
  impact: 'No object of the cluster can be written, or only now and then: nothing is repaired or rescheduled.',
  evidence:
    "Likely: the newest failure to create operator pods has etcd's own words. Its space is exceeded: full. A request timed out, the leader changed, or there are too many requests: slow. etcd itself is not asked.",
  remedy:
    'Full: compact and defragment etcd, then disarm its NOSPACE alarm. Slow: look at the disks, the network and the leader changes of its members.',
  commands: [
    'kubectl -n NAMESPACE describe replicaset REPLICASET',
    "kubectl get --raw='/readyz?verbose'",
    'kubectl -n kube-system get pods -l component=etcd -o wide',
  ],
  related: ['api-degraded', 'etcd-or-api-slow', 'quota-of-events'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const said = blocked ? words(blocked, REFUSED) : [];
    if (!blocked || said.length === 0) return [];
    const full = words(blocked, FULL).length > 0;
    return [
      {
        title: full
          ? 'etcd is full: the API server can store no new pod'
          : 'etcd is too slow: the API server could not store the operator pods',
        object: reference('ReplicaSet', blocked.failure?.replicaSet),
        since: saidSince(blocked, said),
        confidence: 'likely',
        evidence: said,
        explains: blocked.gaps,
        told: true,
        mitigation: {
          action: 'repair-etcd',
          automatic: false,
          command: 'kubectl -n kube-system get pods -l component=etcd -o wide',
        },
      },
    ];
  },
});
