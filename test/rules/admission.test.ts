import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, failedCreate, installed, patched, without } from './outage.ts';

const test = suite('admission rules');
const NAME = 'virt-operator-1-x7k2p';
const ADMISSION = 'admissionregistration.k8s.io/v1';
const noPods = without(installed(), 'Pod');
const forbidden = (inner: string) => failedCreate(`pods "${NAME}" is forbidden: ${inner}`);
const down = (...causes: string[]) => ({ verdict: 'down', causes, findings: [] });
const waiting = down('replicaset-backoff likely');
const healthy = { verdict: 'healthy', causes: [], findings: [] };

const limits = { 'limits.cpu': '4', 'limits.memory': '4Gi' };
const counting = (hard: object) =>
  object(
    'v1',
    'ResourceQuota',
    { name: 'q', namespace: 'kubevirt' },
    { spec: { hard }, status: { hard, used: Object.fromEntries(Object.keys(hard).map((key) => [key, '0'])) } },
  );
const defaults = (amounts: object) =>
  object(
    'v1',
    'LimitRange',
    { name: 'l', namespace: 'kubevirt' },
    { spec: { limits: [{ type: 'Container', default: amounts }] } },
  );

test('a quota on limits is certain, by its own numbers', async () => {
  const { causes } = await diagnosisOf([...noPods, counting(limits)]);
  assert.equal(
    causes.map(({ title, confidence }) => [title, confidence]),
    [['ResourceQuota q demands limits.cpu, limits.memory, which the operator pods do not set', 'certain']],
  );
  assert.equal(await answer([...noPods, counting({ 'requests.cpu': '4', memory: '4Gi' })]), down());
  assert.equal(await answer([...installed(), counting(limits)]), healthy);
});

test('LimitRange defaults give the pods what the quota demands', async () => {
  const enough = { cpu: '1', memory: '1Gi' };
  assert.equal(await answer([...noPods, counting(limits), defaults(enough)]), down());
  const { causes } = await diagnosisOf([...noPods, counting(limits), defaults({ cpu: '1' })]);
  assert.match(causes[0]?.title ?? '', 'demands limits.memory, which');
});

test('each wording of what a quota demands is likely while the quota cannot be checked', async () => {
  const ranges = ['/api/v1/namespaces/kubevirt/limitranges'];
  for (const [words, demanded] of [
    ['limits.cpu for: virt-operator; limits.memory for: virt-operator', 'limits.cpu for: virt-operator; limits.memory'],
    ['limits.cpu,limits.memory', 'limits.cpu,limits.memory'],
  ]) {
    const told = [...noPods, counting(limits), forbidden(`failed quota: q: must specify ${words}`)];
    const { causes } = await diagnosisOf(told, ranges);
    assert.equal(causes[0]?.confidence, 'likely');
    assert.match(causes[0]?.title ?? '', `demands ${demanded}`);
  }
});

test('a quota whose use nobody has counted is certain by its status, likely by words alone, and waited for once counted', async () => {
  const words = forbidden('status unknown for quota: q, resources: pods');
  const half = object(
    'v1',
    'ResourceQuota',
    { name: 'q', namespace: 'kubevirt' },
    { spec: { hard: { pods: '9' } }, status: { hard: { pods: '9' }, used: {} } },
  );
  assert.equal(await answer([...noPods, half]), down('quota-status-unknown certain'));
  assert.equal(await answer([...noPods, half, words]), down('quota-status-unknown certain'));
  const path = '/api/v1/namespaces/kubevirt/resourcequotas';
  assert.equal(await answer([...noPods, half, words], [path]), down('quota-status-unknown likely'));
  const counted = patched([half], 'ResourceQuota', { status: { used: { pods: '1' } } });
  assert.equal(await answer([...noPods, ...counted, words]), waiting);
  assert.equal(await answer([...noPods, words]), waiting);
});

const RULES = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }];
function webhook(kind: string, changes: object = {}): TestObject {
  const clientConfig = { url: 'https://policy.example.com' };
  const one = { name: 'check.example.com', clientConfig, rules: RULES, failurePolicy: 'Ignore', ...changes };
  return object(ADMISSION, kind, { name: 'policy' }, { webhooks: [one] });
}

test('a webhook that says no is likely, in each wording, whether it may be read or not', async () => {
  for (const words of [
    'admission webhook "check.example.com" denied the request: [require-team-label] pods need a label team',
    'admission webhook "check.example.com" denied the request: \n\nresource Pod/kubevirt/x was blocked due to the following policies',
    'admission webhook "check.example.com" denied the request without explanation',
  ]) {
    for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']) {
      const { causes } = await diagnosisOf([...noPods, webhook(kind), failedCreate(words)]);
      assert.equal(
        causes.map(({ code, confidence, object: { kind, name } }) => [code, confidence, kind, name]),
        [['webhook-denied', 'likely', kind, 'policy']],
      );
    }
    assert.equal(
      await answer([...noPods, failedCreate(words)], [`/apis/${ADMISSION}/*`]),
      down('webhook-denied likely'),
    );
  }
});

test('a webhook that is gone, or leaves the namespace alone by now, refuses nothing any more', async () => {
  const words = failedCreate('admission webhook "check.example.com" denied the request: no');
  const excepting = webhook('ValidatingWebhookConfiguration', { namespaceSelector: { matchLabels: { team: 'a' } } });
  for (const rest of [[], [excepting]]) assert.equal(await answer([...noPods, ...rest, words]), waiting);
});

const policy = object(ADMISSION, 'ValidatingAdmissionPolicy', { name: 'p' });
const binding = (validationActions: string[]) =>
  object(
    ADMISSION,
    'ValidatingAdmissionPolicyBinding',
    { name: 'b' },
    { spec: { policyName: 'p', validationActions } },
  );

test('an admission policy that refuses is certain while policy and binding stand', async () => {
  const words = forbidden(`ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed expression: false`);
  const stands = [...noPods, policy, binding(['Deny'])];
  assert.equal(await answer([...stands, words]), down('vap-denied certain'));
  assert.equal(await answer(stands), down(), 'without words nothing is evaluated');
  assert.equal(await answer([...noPods, words], [`/apis/${ADMISSION}/*`]), down('vap-denied likely'));
  for (const rest of [[], [policy], [binding(['Deny'])], [policy, binding(['Warn', 'Audit'])]]) {
    assert.equal(await answer([...noPods, ...rest, words]), waiting);
  }
});

test('each wording of a policy is understood', async () => {
  const unbound = forbidden(`ValidatingAdmissionPolicy 'p' denied request: no`);
  assert.equal(await answer([...noPods, policy, unbound]), down('vap-denied certain'));
  for (const [text, kind, name] of [
    [`policy 'm' with binding 'b' denied request: no`, 'MutatingAdmissionPolicy', 'm'],
    ['policy "m" denied request: no', 'MutatingAdmissionPolicy', 'm'],
    [
      `ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed to configure binding: no params found`,
      'ValidatingAdmissionPolicy',
      'p',
    ],
  ] as const) {
    const { causes } = await diagnosisOf([...noPods, forbidden(text)], [`/apis/${ADMISSION}/*`]);
    assert.equal(
      causes.map(({ code, confidence, object: about }) => [code, confidence, about.kind, about.name]),
      [['vap-denied', 'likely', kind, name]],
    );
  }
});

test('a RuntimeClass that does not exist is certain, with or without words, and nothing once it is back', async () => {
  const template = { spec: { template: { spec: { runtimeClassName: 'kata' } } } };
  const asking = (objects: TestObject[]) => patched(patched(objects, 'Deployment', template), 'ReplicaSet', template);
  const words = forbidden('pod rejected: RuntimeClass "kata" not found');
  assert.equal(await answer(asking(noPods)), down('runtimeclass-missing certain'));
  assert.equal(await answer([...asking(noPods), words]), down('runtimeclass-missing certain'));
  const path = '/apis/node.k8s.io/v1/runtimeclasses/*';
  assert.equal(await answer([...asking(noPods), words], [path]), down('runtimeclass-missing likely'));
  const back = object('node.k8s.io/v1', 'RuntimeClass', { name: 'kata' });
  assert.equal(await answer([...asking(noPods), back, words]), waiting);
  assert.equal(await answer(asking(installed())), { ...healthy, findings: ['runtimeclass-missing certain'] });
});

const TOO_LOW =
  'spec.containers[0].resources.requests: Invalid value: "450Mi": must be less than or equal to memory limit of 256Mi';
const invalid = (text: string) => failedCreate(`Pod "${NAME}" is invalid: ${text}`);

test('an invalid pod is likely, and names the field and what may have changed the pod', async () => {
  for (const [text, field] of [
    ['spec.containers[0].image: Required value', 'spec.containers[0].image'],
    ['spec.priority: Forbidden: is not allowed', 'spec.priority'],
    ['[spec.a: Invalid value: "x": y, spec.b: Required value]', 'spec.a'],
    ['metadata.annotations[x.io/y]: Invalid value: "z"', 'metadata.annotations[x.io/y]'],
    [TOO_LOW, 'spec.containers[0].resources.requests'],
  ] as const) {
    const { causes } = await diagnosisOf([...noPods, webhook('MutatingWebhookConfiguration'), invalid(text)]);
    assert.equal(
      causes.map(({ code, confidence, title }) => [code, confidence, title]),
      [['pod-invalid', 'likely', `the API server finds the operator pods invalid: ${field}`]],
    );
    assert.is(causes[0]?.evidence.at(-1)?.text, 'webhook check.example.com may change these pods');
  }
});

test('a limit that a LimitRange puts on the pods is its own cause', async () => {
  const { causes } = await diagnosisOf([...noPods, defaults({ memory: '256Mi' }), invalid(TOO_LOW)]);
  assert.equal(
    causes.map(({ code }) => code),
    ['limitrange-default-below-request'],
  );
});

const REVISION = 'deployment.kubernetes.io/revision';
const securityContext = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Revision 2, which the restricted level refuses, with revision 1 beside it. */
function upgraded(change: object, before: object = {}): TestObject[] {
  const image = 'quay.io/kubevirt/virt-operator:v1.7.0';
  const spec = { containers: [{ name: 'virt-operator', image, securityContext }] };
  const owner = [{ kind: 'Deployment', name: 'virt-operator', uid: 'd', controller: true }];
  const first = object(
    'apps/v1',
    'ReplicaSet',
    {
      ...metadataOf('ReplicaSet'),
      name: 'virt-operator-0',
      uid: 'r0',
      ownerReferences: owner,
      annotations: { [REVISION]: '1' },
    },
    { spec: { replicas: 0, template: { spec: { ...spec, ...before } } }, status: { replicas: 0 } },
  );
  const template = { spec: { template: { spec: { ...spec, ...change } } } };
  const second = { ...template, metadata: { annotations: { [REVISION]: '2' } } };
  const now = patched(patched(noPods, 'Deployment', { ...template, metadata: { uid: 'd' } }), 'ReplicaSet', second);
  const told = forbidden('violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true)');
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  const installedIs = { status: { observedKubeVirtVersion: 'v1.7.0' } };
  return [...patched(patched(now, 'Namespace', { metadata: { labels } }), 'KubeVirt', installedIs), first, told];
}

function metadataOf(kind: string): object {
  const { namespace, labels } = installed().find((one) => one.kind === kind)?.metadata ?? {};
  return { namespace, labels };
}

test('what an upgrade asks of the host is rolled back, where the revision before satisfied the level', async () => {
  const actionOf = async (objects: TestObject[]) => {
    const [cause] = (await diagnosisOf(objects)).causes;
    return `${cause?.code} ${cause?.mitigation?.action} ${cause?.mitigation?.command}`;
  };
  const back = 'kubectl -n kubevirt rollout undo deployment/virt-operator --to-revision=1';
  assert.is(await actionOf(upgraded({ hostNetwork: true })), `podsecurity-denied roll-back ${back}`);
  const relabel = /^podsecurity-denied relabel-pod-security kubectl label namespace/;
  assert.match(await actionOf(upgraded({ hostNetwork: true }, { hostNetwork: true })), relabel);
  // The refusal is about something that the template does not ask for: the revision before is no cure.
  assert.match(await actionOf(upgraded({})), relabel);
});

test('a policy that lacks its parameter names it', async () => {
  const wants = patched([policy], 'ValidatingAdmissionPolicy', { spec: { paramKind: { kind: 'ConfigMap' } } });
  const bound = (paramRef: object) =>
    object(
      ADMISSION,
      'ValidatingAdmissionPolicyBinding',
      { name: 'b' },
      { spec: { validationActions: ['Deny'], paramRef } },
    );
  const words = forbidden(
    "ValidatingAdmissionPolicy 'p' with binding 'b' denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction",
  );
  const titleOf = async (paramRef: object) =>
    (await diagnosisOf([...noPods, ...wants, bound(paramRef), words])).causes[0]?.title;
  const start = 'ValidatingAdmissionPolicy p refuses the operator pods: ';
  assert.is(
    await titleOf({ name: 'limits', namespace: 'default' }),
    `${start}ConfigMap default/limits, its parameter, is not found`,
  );
  assert.is(
    await titleOf({ selector: {} }),
    `${start}any ConfigMap that its selector admits, its parameter, is not found`,
  );
});

test('a policy that refuses the next ReplicaSet is named, while it stands', async () => {
  const words =
    "ReplicaSetCreateError: replicasets.apps is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no";
  const progress = { type: 'Progressing', status: 'False', reason: 'ReplicaSetCreateError', message: words };
  const unmade = patched(without(installed(), 'Pod', 'ReplicaSet'), 'Deployment', {
    status: { conditions: [progress] },
  });
  const denies = object(
    ADMISSION,
    'ValidatingAdmissionPolicyBinding',
    { name: 'b' },
    { spec: { validationActions: ['Deny'] } },
  );
  const [cause] = (await diagnosisOf([...unmade, policy, denies])).causes;
  assert.is(
    `${cause?.confidence}: ${cause?.title}`,
    'certain: ValidatingAdmissionPolicy p refuses the next ReplicaSet of Deployment virt-operator',
  );
  assert.is(cause?.mitigation?.command, 'kubectl get validatingadmissionpolicy p -o yaml');
  const codes = (await diagnosisOf(unmade)).causes.map(({ code }) => code);
  assert.not.ok(codes.includes('rs-create-error'));
});

test.run();
