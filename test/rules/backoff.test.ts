import * as assert from 'uvu/assert';
import { object } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, deploymentRights, diagnosisOf, failedCreate, installed, patched, without } from './outage.ts';

const test = suite('back-off rules');
const noPods = without(installed(), 'Pod');
const down = (cause: string, ...findings: string[]) => ({ verdict: 'down', causes: [cause], findings });
const unknown = { verdict: 'down', causes: [], findings: [] };

const GONE = 'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2';

test('the ReplicaSet is told to try again, by name', async () => {
  const { causes } = await diagnosisOf([...noPods, failedCreate(GONE)]);
  assert.equal(
    causes.map(({ code, object: { name }, since }) => [code, name, since]),
    [['replicaset-backoff', 'virt-operator-1', '2026-03-01T02:59:30Z']],
  );
  assert.is(
    causes[0]?.mitigation?.command,
    'kubectl -n kubevirt annotate replicaset virt-operator-1 virtop.io/nudge="$(date +%s)" --overwrite',
  );
});

test('a refusal that nobody understands, is no back-off, and one that is older than any wait is no more than possible', async () => {
  const refused = failedCreate('pods "x" is forbidden: nobody knows why');
  assert.equal(await answer([...noPods, refused]), down('pod-refused likely'));
  assert.equal(
    await answer([...noPods, failedCreate(GONE, '2026-03-01T02:30:00Z')]),
    down('replicaset-backoff possible'),
  );
});

test('what may not be read is not called gone', async () => {
  assert.equal(
    await answer([...noPods, failedCreate(GONE)], ['/api/v1/namespaces/kubevirt/resourcequotas']),
    down('quota-exceeded likely'),
  );
});

const INVALID = 'Pod "virt-operator-1-x" is invalid: spec.containers[0].resources.requests: Invalid value: "450Mi": ';
const LIMITED = [
  `${INVALID}must be less than or equal to memory limit of 256Mi`,
  `${INVALID}must be less than or equal to memory limit`,
  'pods "x" is forbidden: maximum memory usage per Container is 256Mi, but limit is 1Gi',
  'pods "x" is forbidden: [minimum cpu usage per Pod is 1, but request is 10m, x]',
  'pods "x" is forbidden: memory max limit to request ratio per Container is 2, but provided ratio is 4.000000',
];
for (const words of LIMITED) {
  test(`a LimitRange that is gone: ${words}`, async () => {
    const { causes } = await diagnosisOf([...noPods, failedCreate(words)]);
    assert.equal(
      causes.map(({ code, confidence }) => `${code} ${confidence}`),
      ['replicaset-backoff likely'],
    );
  });
}

test('a limit that a LimitRange or a webhook may still lower is no back-off', async () => {
  const mutator = object(
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration',
    { name: 'm' },
    {
      webhooks: [
        {
          name: 'm.example.org',
          rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
        },
      ],
    },
  );
  const lost = [...noPods, failedCreate(LIMITED[0] ?? '')];
  const limits = [{ type: 'Container', default: { memory: '256Mi' } }];
  const low = object('v1', 'LimitRange', { name: 'low', namespace: 'kubevirt' }, { spec: { limits } });
  const first = async (objects: typeof lost) => (await diagnosisOf(objects)).causes[0]?.code;
  assert.is(await first([...lost, mutator]), 'pod-invalid');
  assert.is(await first([...lost, low]), 'limitrange-default-below-request');
});

const REFUSED =
  'replicasets.apps "virt-operator-2" is forbidden: exceeded quota: q, requested: count/replicasets.apps=1';
const NO_RIGHT = 'replicasets.apps is forbidden: User "system:serviceaccount:kube-system:deployment-controller" cannot';

/** A Deployment whose new template has no ReplicaSet, for that reason. */
function refused(message: string, objects = installed()) {
  const progressing = {
    type: 'Progressing',
    status: 'False',
    reason: 'ReplicaSetCreateError',
    message: `Failed to create new replica set "virt-operator-2": ${message}`,
    lastUpdateTime: '2026-03-01T02:50:00Z',
  };
  return patched([...objects, ...deploymentRights()], 'Deployment', {
    spec: { template: { spec: { dnsPolicy: 'Default' } } },
    status: { conditions: [progressing], replicas: 2, readyReplicas: 2 },
  });
}

const RBAC = 'rbac.authorization.k8s.io/v1';
const DEPLOYMENT_CONTROLLER = 'system:controller:deployment-controller';
const full = object(
  'v1',
  'ResourceQuota',
  { name: 'q', namespace: 'kubevirt' },
  {
    spec: { hard: { 'count/replicasets.apps': '1' } },
    status: { hard: { 'count/replicasets.apps': '1' }, used: { 'count/replicasets.apps': '1' } },
  },
);

test('a ReplicaSet that is refused is degraded while old pods lead, and down without them', async () => {
  const degraded = { verdict: 'degraded', causes: ['rs-create-error certain'], findings: [] };
  assert.equal(await answer([...refused(REFUSED), full]), degraded);
  assert.equal(
    await answer([...refused(REFUSED, without(noPods, 'ReplicaSet')), full]),
    down('rs-create-error certain'),
  );
});

test('what refuses the ReplicaSet is told by the API server alone where it cannot be checked', async () => {
  const quotas = ['/api/v1/namespaces/kubevirt/resourcequotas'];
  const told = [
    'admission webhook "w.example.com" denied the request: no',
    'Internal error occurred: failed calling webhook "w.example.com": failed to call webhook: EOF',
    'ReplicaSet.apps "virt-operator-2" is invalid: spec.x: Required value',
    'etcdserver: request timed out',
  ];
  const likely = { verdict: 'degraded', causes: ['rs-create-error likely'], findings: [] };
  assert.equal(await answer(refused(REFUSED), quotas), likely);
  for (const words of told) assert.equal(await answer(refused(words)), likely, words);
});

test('a controller that gave up is nudged once the obstacle is gone', async () => {
  const gaveUp = { verdict: 'degraded', causes: ['rs-create-gave-up likely'], findings: [] };
  assert.equal(await answer(refused(REFUSED)), gaveUp);
  const roomy = patched([full], 'ResourceQuota', { status: { hard: { 'count/replicasets.apps': '5' } } });
  assert.equal(await answer([...refused(REFUSED), ...roomy]), gaveUp);
  const denied =
    "replicasets.apps \"virt-operator-2\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no";
  assert.equal(await answer(refused(denied)), gaveUp);
  const { causes } = await diagnosisOf(refused(REFUSED));
  assert.match(causes[0]?.mitigation?.command ?? '', /^kubectl -n kubevirt annotate deployment virt-operator /);
});

test('a webhook that does not answer does not refuse', async () => {
  const failing = 'Internal error occurred: failed calling webhook "w.example.com": failed to call webhook: EOF';
  const { causes } = await diagnosisOf(refused(failing), ['/apis/admissionregistration.k8s.io/v1/*']);
  assert.equal(
    causes.map(({ title, mitigation }) => [title, mitigation?.command]),
    [
      [
        'Webhook w.example.com does not answer, and the next ReplicaSet of Deployment virt-operator may not be made without it',
        'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
      ],
    ],
  );
});

test('an event that is newer than the condition says what acts now', async () => {
  const event = object(
    'v1',
    'Event',
    { name: 'e', namespace: 'kubevirt' },
    {
      involvedObject: { kind: 'Deployment', name: 'virt-operator', uid: 'd' },
      reason: 'ReplicaSetCreateError',
      message: 'Failed to create new replica set "virt-operator-2": admission webhook "w" denied the request: no',
      lastTimestamp: '2026-03-01T02:55:00Z',
    },
  );
  const { causes } = await diagnosisOf([...refused(REFUSED), full, event]);
  assert.equal(
    causes.map(({ code, confidence, since }) => [code, confidence, since]),
    [['rs-create-error', 'likely', '2026-03-01T02:55:00Z']],
  );
});

const REPLICASET_CONTROLLER = 'system:controller:replicaset-controller';

test('a ReplicaSet controller without its binding or role is certain, and silent', async () => {
  for (const kind of ['ClusterRoleBinding', 'ClusterRole']) {
    const cluster = without(noPods, `${kind}/${REPLICASET_CONTROLLER}`);
    assert.equal(await answer(cluster), down('controller-rbac-broken certain'));
  }
  const mute = patched(noPods, `ClusterRoleBinding/${REPLICASET_CONTROLLER}`, { subjects: [] });
  assert.equal(await answer(mute), down('controller-rbac-broken certain'));
  assert.equal(await answer(without(installed(), `ClusterRole/${REPLICASET_CONTROLLER}`)), {
    verdict: 'healthy',
    causes: [],
    findings: [],
  });
});

test('a role that lacks what the controller needs is certain; words alone are likely', async () => {
  const reads = [{ verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] }];
  const weak = patched(noPods, `ClusterRole/${REPLICASET_CONTROLLER}`, { rules: reads });
  const user = '"system:serviceaccount:kube-system:replicaset-controller"';
  for (const words of [
    `pods is forbidden: User ${user} cannot create resource "pods" in API group "" in the namespace "kubevirt"`,
    `pods "x" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: , <nil>`,
  ]) {
    assert.equal(await answer([...weak, failedCreate(words)]), down('controller-rbac-broken certain'));
    assert.equal(
      await answer([...noPods, failedCreate(words)], [`/apis/${RBAC}/*`]),
      down('controller-rbac-broken likely'),
    );
    assert.equal(await answer([...noPods, failedCreate(words)]), down('replicaset-backoff likely'), 'rights are back');
  }
});

test('a controller that reports another failure is at work: its missing role is only a possibility', async () => {
  const cluster = [...without(noPods, `ClusterRole/${REPLICASET_CONTROLLER}`, 'ServiceAccount'), failedCreate(GONE)];
  assert.equal(
    await answer(cluster),
    down('serviceaccount-missing certain', 'controller-rbac-broken possible', 'replicaset-backoff likely'),
  );
});

test('a Deployment controller without its rights makes no ReplicaSet', async () => {
  const cluster = without(noPods, 'ReplicaSet');
  assert.equal(await answer([...cluster, ...deploymentRights()]), unknown);
  assert.equal(await answer(cluster), down('controller-rbac-broken certain'));
  const words = refused(`${NO_RIGHT} create resource "replicasets" in API group "apps" in the namespace "kubevirt"`);
  const { causes } = await diagnosisOf(without(words, `ClusterRole/${DEPLOYMENT_CONTROLLER}`));
  assert.ok(causes.some(({ code, confidence }) => code === 'rs-create-error' && confidence === 'likely'));
});

test('a Deployment that is being deleted makes no pods', async () => {
  const metadata = { deletionTimestamp: '2026-03-01T02:50:00Z', finalizers: ['example.com/hold'] };
  const deleting = (objects: typeof noPods) => patched(objects, 'Deployment', { metadata });
  assert.equal(await answer(deleting(noPods)), down('deployment-deleting certain'));
  assert.equal(await answer(deleting(without(noPods, 'ReplicaSet'))), down('deployment-deleting certain'));
  assert.equal(await answer(deleting(installed())), {
    verdict: 'healthy',
    causes: [],
    findings: ['deployment-deleting certain'],
  });
});

test.run();
