/**
 * Rules that come out as a root cause on a cluster that is not named after them, each with the reason why that is right.
 * test/rules/confusion.test.ts fails on any other, and on one of these that no longer comes out.
 */
export const DECLARED: readonly { fixture: string; rule: string; reason: string }[] = [
  // One cause, shown by a cluster of another name.
  {
    fixture: 'controller-rbac-broken-scale',
    rule: 'controller-rbac-broken',
    reason: 'the other controller: nobody scales the ReplicaSet',
  },
  {
    fixture: 'controller-rbac-broken-create',
    rule: 'controller-rbac-broken',
    reason: 'its other half: the role lacks create',
  },
  { fixture: 'podsecurity-denied-upgrade', rule: 'podsecurity-denied', reason: 'an upgrade is what it refuses' },
  { fixture: 'rs-create-error-policy', rule: 'rs-create-error', reason: 'a policy refuses it in place of a quota' },
  { fixture: 'vap-denied-parameter', rule: 'vap-denied', reason: 'the policy lacks what it compares with' },
  { fixture: 'crash-rbac-binding-foreign', rule: 'crash-rbac', reason: 'the binding is there, for another account' },
  { fixture: 'insufficient-device', rule: 'insufficient-memory', reason: 'the same arithmetic, of a device' },
  { fixture: 'node-deleted-template', rule: 'node-deleted', reason: 'the template binds to that node' },
  {
    fixture: 'webhook-blocks-leases',
    rule: 'webhook-blocks-control-plane',
    reason: 'leaders are blocked, not kubelets',
  },
  {
    fixture: 'crash-rbac-role-changed',
    rule: 'crash-rbac',
    reason: 'the binding is there, and its Role allows too little',
  },
  { fixture: 'label-drift-leader', rule: 'label-drift', reason: 'the relabelled pod leads' },
  { fixture: 'no-leader-quota', rule: 'no-leader', reason: 'the quota only refuses the pods that come next' },
  { fixture: 'crash-rbac-binding-missing', rule: 'crash-rbac', reason: 'its other half: the binding is gone' },
  { fixture: 'degraded-one-replica', rule: 'cordoned', reason: 'the second replica finds no node' },
  { fixture: 'degraded-rollout', rule: 'image-not-found', reason: 'the new pods have no image, the old ones go on' },
  { fixture: 'aggregated-api-down', rule: 'deployment-scaled-to-zero', reason: 'the outage beside which it is told' },
  { fixture: 'crash-api-unreachable-egress', rule: 'crash-api-unreachable', reason: 'a NetworkPolicy is why' },
  { fixture: 'crash-log-only', rule: 'crash-api-unreachable', reason: 'only its log says so' },
  { fixture: 'informers-forbidden', rule: 'crash-rbac', reason: 'its log says that the rights are missing' },
  {
    fixture: 'install-strategy-pod-masks',
    rule: 'deployment-scaled-to-zero',
    reason: 'the outage that the alert misses',
  },
  {
    fixture: 'kubelet-unreachable-for-logs',
    rule: 'crash-unexplained',
    reason: 'the log that would say more is out of reach',
  },
  { fixture: 'quota-of-finished-pods', rule: 'quota-exceeded', reason: 'what ended fills the quota' },
  { fixture: 'running-not-ready', rule: 'readiness-failing', reason: 'the outage that the alert about pods misses' },
  { fixture: 'next-restart-and-cordoned', rule: 'create-container-error', reason: 'nodes take no pod only later' },
  { fixture: 'next-scheduler-down-and-cordoned', rule: 'scheduler-down', reason: 'it died after it found no node' },
  { fixture: 'next-quota-and-cordoned', rule: 'priorityclass-missing', reason: 'the API server asks for it first' },
  {
    fixture: 'old-alert-name',
    rule: 'deployment-scaled-to-zero',
    reason: 'the outage that the old rule calls otherwise',
  },
  {
    fixture: 'serving-cert-broken',
    rule: 'deployment-scaled-to-zero',
    reason: 'the outage in which certificates ran out',
  },
  { fixture: 'two-causes-crash-and-cordoned', rule: 'cordoned', reason: 'one pod finds no node' },
  { fixture: 'two-causes-crash-and-cordoned', rule: 'crash-api-unreachable', reason: 'the other pod crashes' },
  { fixture: 'two-causes-two-revisions', rule: 'cordoned', reason: 'the pods of the old revision find no node' },
  {
    fixture: 'two-causes-two-revisions',
    rule: 'node-selector-mismatch',
    reason: 'the pod of the new revision asks for a label',
  },
  // What the fixture is named after is a circumstance; the root lies deeper.
  { fixture: 'all-candidates-down', rule: 'cordoned', reason: 'each node is out of use for a reason of its own' },
  { fixture: 'all-candidates-down', rule: 'node-pressure', reason: 'each node is out of use for a reason of its own' },
  {
    fixture: 'all-candidates-down',
    rule: 'taint-untolerated-custom',
    reason: 'each node is out of use for a reason of its own',
  },
  { fixture: 'both-replicas-on-one-node', rule: 'node-kubelet-stopped', reason: 'the one node died' },
  {
    fixture: 'cpu-starved',
    rule: 'liveness-failing',
    reason: 'the kubelet kills what answers too late; why it is late is a guess',
  },
  { fixture: 'evicted-by-api', rule: 'cordoned', reason: 'a drain cordons, and nothing else takes the pods' },
  {
    fixture: 'exit-143-term',
    rule: 'crash-unexplained',
    reason: 'somebody ends it again and again, and nothing says who',
  },
  { fixture: 'gitops-or-helm-managed', rule: 'priorityclass-missing', reason: 'the outage that the owner must mend' },
  { fixture: 'informers-never-sync', rule: 'no-leader', reason: 'that informers never sync is a guess' },
  { fixture: 'kubelet-preempted', rule: 'insufficient-memory', reason: 'the new pod has no room: its place was taken' },
  {
    fixture: 'kubevirt-cr-deleting',
    rule: 'deployment-scaled-to-zero',
    reason: 'the outage in which the deletion waits',
  },
  {
    fixture: 'kubevirt-cr-webhook-deadlock',
    rule: 'priorityclass-missing',
    reason: 'the outage in which the webhook locks',
  },
  { fixture: 'node-shutdown', rule: 'node-kubelet-stopped', reason: 'the kubelet stopped, for its node shut down' },
  { fixture: 'observed-generation-lag', rule: 'controller-manager-down', reason: 'nobody acts on the new generation' },
  { fixture: 'olm-managed', rule: 'priorityclass-missing', reason: 'the outage that the owner must mend' },
  { fixture: 'preempted', rule: 'insufficient-memory', reason: 'the new pod has no room: its place was taken' },
  { fixture: 'progress-deadline-exceeded', rule: 'image-not-found', reason: 'why the roll-out does not go on' },
  {
    fixture: 'quota-of-events',
    rule: 'priorityclass-missing',
    reason: 'the outage about which no event can be written',
  },
  { fixture: 'rollout-broken-and-old-lost', rule: 'image-not-found', reason: 'why the new pods do not start' },
  {
    fixture: 'rollout-broken-and-old-lost',
    rule: 'priorityclass-missing',
    reason: 'why the old pod is not made again',
  },
];
