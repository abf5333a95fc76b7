import * as assert from 'uvu/assert';
import { object } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { diagnosisOf, failedCreate, installed, patched, without } from './outage.ts';

const test = suite('every wording of a refusal');
const noPods = without(installed(), 'Pod');
const NAME = 'virt-operator-1-x7k2p';
const forbidden = (inner: string) => `pods "${NAME}" is forbidden: ${inner}`;
const CALL =
  'Internal error occurred: failed calling webhook "w.example.com": failed to call webhook: Post "https://svc.ns.svc:443/p?timeout=10s": ';
const OLD_CALL =
  'Internal error occurred: failed calling webhook "w.example.com": Post "https://svc.ns.svc:443/p?timeout=10s": ';

/** What the API server answers to the ReplicaSet controller (Kubernetes 1.25 to 1.36). */
const REFUSALS: Record<string, string[]> = {
  'quota-exceeded': [
    forbidden(
      'exceeded quota: q, requested: requests.memory=450Mi, used: requests.memory=1700Mi, limited: requests.memory=2Gi',
    ),
    forbidden(
      'exceeded quota: q, requested: pods=1,requests.cpu=10m, used: pods=2,requests.cpu=1, limited: pods=2,requests.cpu=1',
    ),
  ],
  'quota-must-specify': [
    forbidden('failed quota: q: must specify limits.cpu for: virt-operator; limits.memory for: virt-operator'),
    forbidden('failed quota: q: must specify limits.cpu,limits.memory'),
    forbidden('failed quota: q: must specify limits.cpu'),
  ],
  'quota-status-unknown': [
    forbidden('status unknown for quota: q, resources: pods,requests.memory'),
    forbidden('insufficient quota to consume: requests.memory'),
    forbidden('insufficient quota to match these scopes: [{PriorityClass In [kubevirt-cluster-critical]}]'),
  ],
  'limitrange-violation': [
    forbidden('minimum memory usage per Container is 1Gi, but request is 450Mi'),
    forbidden('maximum memory usage per Container is 256Mi, but request is 450Mi'),
    forbidden('maximum memory usage per Container is 256Mi.  No limit is specified'),
    forbidden('minimum memory usage per Container is 1Gi.  No request is specified'),
    forbidden('maximum cpu usage per Pod is 5m, but request is 10m'),
    forbidden('memory max limit to request ratio per Container is 1, but provided ratio is 2.000000'),
    forbidden(
      '[maximum memory usage per Container is 256Mi, but request is 450Mi, maximum cpu usage per Container is 5m, but request is 10m]',
    ),
  ],
  'podsecurity-denied': [
    forbidden(
      'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "x" must set securityContext.allowPrivilegeEscalation=false)',
    ),
    forbidden('violates PodSecurity "baseline:v1.30": host namespaces (hostNetwork=true)'),
  ],
  'serviceaccount-missing': [
    forbidden(
      'error looking up service account kubevirt/kubevirt-operator: serviceaccount "kubevirt-operator" not found',
    ),
  ],
  'priorityclass-missing': [
    forbidden('no PriorityClass with name kubevirt-cluster-critical was found'),
    forbidden(
      'failed to resolve PriorityClass with name kubevirt-cluster-critical: priorityclasses.scheduling.k8s.io "kubevirt-cluster-critical" not found',
    ),
  ],
  'webhook-unreachable': [
    ...[
      'no endpoints available for service "svc"',
      'service "svc" not found',
      'dial tcp 10.96.7.7:443: connect: connection refused',
      'dial tcp 10.96.7.7:443: i/o timeout',
      'context deadline exceeded',
      'x509: certificate signed by unknown authority',
      'tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
      'the server could not find the requested resource',
      'EOF',
      'proxyconnect tcp: dial tcp 10.0.0.1:3128: i/o timeout',
      'Forbidden',
    ].flatMap((tail) => [`${CALL}${tail}`, `${OLD_CALL}${tail}`]),
    'Internal error occurred: failed calling webhook "w.example.com": received invalid webhook response: expected response.uid',
    'conversion webhook for x failed, and failed calling webhook "w.example.com": failed to call webhook: the server rejected our request',
  ],
  'webhook-denied': [
    'admission webhook "w.example.com" denied the request: resource Pod/kubevirt/x was blocked due to the following policies',
    'admission webhook "w.example.com" denied the request without explanation',
    'admission webhook "w.example.com" denied the request: [constraint] no latest tag',
  ],
  'vap-denied': [
    forbidden(`ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no`),
    forbidden(`ValidatingAdmissionPolicy 'p' denied request: no`),
    forbidden(`policy 'p' with binding 'b' denied request: no`),
    forbidden(`policy 'p' denied request: failed to configure policy: no`),
    forbidden(`policy 'p' with binding 'b' denied request: failed to configure binding: no`),
  ],
  'pod-invalid': [
    `Pod "${NAME}" is invalid: spec.containers[0].image: Required value`,
    `Pod "${NAME}" is invalid: [spec.containers[0].name: Invalid value: "A": a lowercase name, spec.x: Forbidden: no]`,
    `Pod "${NAME}" is invalid: spec.containers[0].resources.requests: Invalid value: "450Mi": must be less than or equal to memory limit`,
    `Pod "${NAME}" is invalid: spec.containers[0].resources.requests: Invalid value: "450Mi": must be less than or equal to memory limit of 256Mi`,
    `Pod "virt-operator-1-" is invalid: spec.initContainers[0].volumeMounts[1].name: Not found: "x"`,
    forbidden(
      'the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 1000000000 from the given PriorityClass name',
    ),
    forbidden(
      'the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name',
    ),
  ],
  'etcd-full-or-slow-create': [
    'etcdserver: mvcc: database space exceeded',
    'etcdserver: no leader',
    'etcdserver: request timed out, possibly due to previous leader failure',
    'rpc error: code = ResourceExhausted desc = etcdserver: too many requests',
    'rpc error: code = Unavailable desc = transport is closing',
    'rpc error: code = Unavailable desc = error reading from server: EOF',
    'Timeout: request did not complete within requested timeout - context deadline exceeded',
  ],
  'pod-refused': [
    'Get "https://[::1]:6443/api/v1/namespaces/kubevirt/resourcequotas": dial tcp [::1]:6443: connect: network is unreachable',
    forbidden(
      'error looking up service account kubevirt/kubevirt-operator: Get "https://[::1]:6443/api/v1/namespaces/kubevirt/serviceaccounts/kubevirt-operator": x509: certificate has expired or is not yet valid',
    ),
    forbidden('no API token found for service account kubevirt/kubevirt-operator, retry after the token is created'),
    forbidden('unable to validate against any pod security policy: [spec.volumes[0]: Invalid value: "projected"]'),
    forbidden("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead"),
    forbidden('pod rejected: RuntimeClass "injected" not found'),
    forbidden('affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey zone but only key host is allowed'),
    'Internal error occurred: failed calling KMS',
    'etcdserver: request is too large',
    'words of an admission plugin\nthat nobody knows',
  ],
  'controller-rbac-broken': [
    'pods is forbidden: User "system:serviceaccount:kube-system:replicaset-controller" cannot create resource "pods" in API group "" in the namespace "kubevirt"',
    forbidden(
      "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: , <nil>",
    ),
  ],
};

for (const [code, wordings] of Object.entries(REFUSALS)) {
  test(`${code}: every refusal is likely, and never more`, async () => {
    for (const words of wordings) {
      const unread = [
        '/apis/admissionregistration.k8s.io/*',
        '/api/v1/namespaces/kubevirt/resourcequotas*',
        '/api/v1/namespaces/kubevirt/limitranges*',
        '/apis/scheduling.k8s.io/*',
        '/api/v1/namespaces/kubevirt/serviceaccounts/*',
        '/api/v1/namespaces/kubevirt',
        '/apis/rbac.authorization.k8s.io/*',
      ];
      const { causes } = await diagnosisOf([...noPods, failedCreate(words)], unread);
      assert.equal(
        causes.map((cause) => [cause.code, cause.confidence]),
        [[code, 'likely']],
        words,
      );
    }
  });
}

/** No object of these is read that would bear the words out or not. */
const UNBORNE = ['pod-invalid', 'quota-status-unknown', 'etcd-full-or-slow-create', 'pod-refused'];

for (const [code, wordings] of Object.entries(REFUSALS).filter(([one]) => !UNBORNE.includes(one))) {
  test(`${code}: objects that are sound by now beat every refusal`, async () => {
    const enforce = { 'pod-security.kubernetes.io/enforce': 'privileged' };
    const sound = patched(noPods, 'Namespace', { metadata: { labels: enforce } });
    for (const words of wordings.filter((one) => !one.includes("policy 'p'"))) {
      const { causes } = await diagnosisOf([...sound, failedCreate(words)]);
      assert.equal(
        causes.map((cause) => [cause.code, cause.confidence]),
        [['replicaset-backoff', 'likely']],
        words,
      );
    }
  });
}

test('pod-refused: the class, account or runtime that words name is not the one that exists', async () => {
  for (const words of [
    forbidden('no PriorityClass with name injected was found'),
    forbidden('pod rejected: RuntimeClass "injected" not found'),
    forbidden('error looking up service account kubevirt/injected: serviceaccount "injected" not found'),
  ]) {
    const { causes } = await diagnosisOf([...noPods, failedCreate(words)]);
    assert.equal(
      causes.map(({ code, title }) => [code, title.includes('"') || title.includes('injected')]),
      [['pod-refused', true]],
      words,
    );
  }
});

test('pod-refused: the title holds the beginning of the reason, and the evidence all of it', async () => {
  const reason = `${'no '.repeat(46)}xyz`;
  const [cause] = (await diagnosisOf([...noPods, failedCreate(forbidden(reason))])).causes;
  assert.is(cause?.title, `the API server refuses the operator pods: ${'no '.repeat(46)}xy…`);
  assert.is(cause?.evidence[0]?.text, forbidden(reason));
});

test('pod-refused: nothing is told of it where another cause accounts for the same', async () => {
  const quota = object(
    'v1',
    'ResourceQuota',
    { name: 'q', namespace: 'kubevirt' },
    { status: { hard: { pods: '1' }, used: { pods: '1' } } },
  );
  const { causes, findings } = await diagnosisOf([...noPods, quota, failedCreate('words that nobody knows')]);
  const told = [...causes, ...findings].map(({ code, consequences }) => [code, consequences]);
  assert.equal(told, [['quota-exceeded', []]]);
});

for (const [field, cause] of [
  ['default', 'limitrange-default-below-request'],
  ['max', 'limitrange-violation'],
] as const) {
  test(`${cause}: the LimitRange is certain, and every wording of an invalid pod is evidence of it`, async () => {
    const limits = [{ type: 'Container', [field]: { memory: '256Mi' } }];
    const range = object('v1', 'LimitRange', { name: 'l', namespace: 'kubevirt' }, { spec: { limits } });
    for (const tail of ['', ' of 256Mi']) {
      const words = `Pod "${NAME}" is invalid: spec.containers[0].resources.requests: Invalid value: "450Mi": must be less than or equal to memory limit${tail}`;
      const { causes } = await diagnosisOf([...noPods, range, failedCreate(words)]);
      assert.equal(
        causes.map((cause) => [cause.code, cause.confidence, cause.evidence.at(-1)?.text]),
        [[cause, 'certain', words]],
      );
    }
  });
}

test.run();
