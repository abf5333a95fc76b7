import * as assert from 'uvu/assert';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import {
  answer,
  codesOf,
  crashingPod,
  diagnosisOf,
  event,
  installed,
  patched,
  pullFailingPod,
  unreadyPod,
  without,
} from './outage.ts';

const test = suite('container and leader rules');
const noPods = without(installed(), 'Pod');
const IMAGE = 'quay.io/kubevirt/virt-operator:v1.7.0';
const down = (...causes: string[]) => ({ verdict: 'down', causes, findings: [] });
const NOT_FOUND = `failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": ${IMAGE}: not found`;
const UNAUTHORIZED =
  'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://quay.io/v2/auth: 401 Unauthorized';

test('an image that does not exist, or that the registry refuses', async () => {
  assert.equal(await answer([...noPods, pullFailingPod('virt-operator-1-a', NOT_FOUND)]).then(causesOf), [
    'image-not-found likely',
  ]);
  assert.equal(await answer([...noPods, pullFailingPod('virt-operator-1-a', UNAUTHORIZED)]).then(causesOf), [
    'image-unauthorized likely',
  ]);
});

function causesOf(answered: object): unknown {
  return (answered as { causes: string[] }).causes;
}

test('before Kubernetes 1.32 a back-off hides the reason, and the event tells it', async () => {
  const backOff = pullFailingPod('virt-operator-1-a', `Back-off pulling image "${IMAGE}"`, 'ImagePullBackOff');
  const told = event('e', 'Pod', 'virt-operator-1-a', {
    reason: 'Failed',
    message: `Failed to pull image "${IMAGE}": ${NOT_FOUND}`,
    time: '2026-03-01T02:59:00Z',
  });
  const { causes } = await diagnosisOf([...noPods, backOff, told]);
  assert.equal(
    causes.map(({ code }) => code),
    ['image-not-found'],
  );
  assert.is(causes[0]?.evidence[0]?.source, 'pod/virt-operator-1-a event Failed');
});

/** Both operator pods end so, each on a node of its own. */
function bothCrash(terminated: object): TestObject[] {
  return ['a', 'b'].map((name, index) => crashingPod(`virt-operator-1-${name}`, terminated, `cp-${index}`));
}

const UNREACHABLE =
  '{"component":"virt-operator","level":"info","msg":"starting"}\nError determining cluster type: Get "https://10.96.0.1:443/api?timeout=32s": dial tcp 10.96.0.1:443: i/o timeout';
const FORBIDDEN =
  'E0301 02:58:00.1 1 x.go:1] pods is forbidden: User "system:serviceaccount:kubevirt:kubevirt-operator" cannot list resource "pods" in API group ""';

test('the last words of a container tell why it ended', async () => {
  const cases: [string, string][] = [
    [UNREACHABLE, 'crash-api-unreachable likely'],
    [
      'Error checking for ServiceMonitor: Get "https://10.96.0.1:443/apis": dial tcp 10.96.0.1:443: connect: no route to host',
      'crash-api-unreachable likely',
    ],
    [
      'panic: Get "https://kubernetes.default.svc": dial tcp: lookup kubernetes.default.svc on 10.96.0.10:53: no such host',
      'crash-api-unreachable likely',
    ],
    [FORBIDDEN, 'crash-rbac likely'],
    ['Error determining cluster type: Unauthorized', 'crash-rbac likely'],
  ];
  for (const [message, cause] of cases) {
    assert.equal(await answer([...noPods, ...bothCrash({ message })]), down(cause), message);
  }
});

test('words that name no known cause are shown, and called no more than possible', async () => {
  for (const message of ['', 'failed calling webhook "x": Post "https://y": dial tcp 10.0.0.1:443: i/o timeout']) {
    assert.equal(await answer([...noPods, ...bothCrash({ message })]), down('crash-unexplained possible'));
  }
  const { causes } = await diagnosisOf([...noPods, ...bothCrash({ exitCode: 3, message: 'one\n\ntwo\nthree\nfour' })]);
  assert.is(causes[0]?.title, 'container virt-operator does not stay up: exit code 3 (Error), 9 restarts');
  assert.equal(
    causes[0]?.evidence.slice(2).map(({ text }) => text),
    ['two', 'three', 'four'],
  );
});

test('the pods name the nodes that they cannot reach the API server from', async () => {
  const { causes } = await diagnosisOf([...noPods, ...bothCrash({ message: UNREACHABLE })]);
  assert.is(causes[0]?.title, 'virt-operator cannot reach the API server from nodes cp-0 and cp-1');
});

test('a missing role binding is certain, except where OLM makes bindings with names of its own', async () => {
  const unbound = [
    ...without(noPods, 'ClusterRoleBinding'),
    crashingPod('virt-operator-1-a', { message: FORBIDDEN }),
    crashingPod('virt-operator-1-b', {}, 'cp-1'),
  ];
  const { causes } = await diagnosisOf(unbound);
  assert.equal(
    causes.map(({ code, confidence, object: { kind } }) => [code, confidence, kind]),
    [['crash-rbac', 'certain', 'ClusterRoleBinding']],
  );
  const ownerReferences = [
    { apiVersion: 'operators.coreos.com/v1alpha1', kind: 'ClusterServiceVersion', name: 'kubevirt.v1', uid: 'csv' },
  ];
  const olm = await diagnosisOf(patched(unbound, 'Deployment', { metadata: { ownerReferences } }));
  assert.equal(
    olm.causes.map(({ code, confidence }) => [code, confidence]),
    [
      ['crash-rbac', 'likely'],
      ['crash-unexplained', 'possible'],
    ],
  );
});

const limited = (limits: object) => ({ spec: { containers: [{ name: 'virt-operator', resources: { limits } }] } });
const KILLED = { exitCode: 137, reason: 'OOMKilled' };

test('killed at a memory limit, with the place that the limit comes from', async () => {
  const annotations = {
    'kubernetes.io/limit-ranger': 'LimitRanger plugin set: memory limit for container virt-operator',
  };
  const pods = patched(bothCrash(KILLED), 'Pod', { ...limited({ memory: '512Mi' }), metadata: { annotations } });
  const range = object(
    'v1',
    'LimitRange',
    { name: 'l', namespace: 'kubevirt' },
    { spec: { limits: [{ type: 'Container', default: { memory: '512Mi' } }] } },
  );
  const origin = async (...more: typeof pods) =>
    (await diagnosisOf([...noPods, ...pods, ...more])).causes.map(({ evidence }) => evidence.at(-1)?.source);
  assert.equal(await answer([...noPods, ...pods]), down('oom-killed-limit certain'));
  assert.equal(await origin(range), ['limitrange/l spec.limits']);
  assert.equal(await origin(), ['pod/virt-operator-1-a metadata.annotations']);
});

test('killed without a limit, or long overcome, is another matter', async () => {
  const killed = [crashingPod('virt-operator-1-a', KILLED), crashingPod('virt-operator-1-b', KILLED)];
  assert.ok(!(await codesOf([...noPods, ...killed])).includes('oom-killed-limit'));
  const running = { startedAt: '2026-03-01T01:00:00Z' };
  const old = unreadyPod('virt-operator-1-a', {
    restartCount: 1,
    state: { running },
    lastState: { terminated: KILLED },
  });
  const pods = patched([old], 'Pod', limited({ memory: '512Mi' }));
  assert.ok(!(await codesOf([...without(installed(), 'Pod/virt-operator-1-a'), ...pods])).includes('oom-killed-limit'));
});

test('1 of 2 pods crashing for one reason each: two causes', async () => {
  const pods = [
    crashingPod('virt-operator-1-a', { message: UNREACHABLE }, 'cp-1'),
    pullFailingPod('virt-operator-1-b', NOT_FOUND),
  ];
  assert.equal(await answer([...noPods, ...pods]), down('image-not-found likely', 'crash-api-unreachable likely'));
});

const stale = { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } };

test('Ready pods without a leader are down', async () => {
  assert.equal(await answer(patched(installed(), 'Lease/virt-operator', stale)), down('no-leader certain'));
  assert.equal(await answer(without(installed(), 'Lease/virt-operator')), down('no-leader certain'));
  const handOver = patched(installed(), 'Lease/virt-operator', { spec: { renewTime: '2026-03-01T02:59:35.000000Z' } });
  assert.equal(await answer(handOver), down('no-leader possible'));
});

test('none leads since pods are Ready again, should the lease be older', async () => {
  const became = (lastTransitionTime: string) => [{ type: 'Ready', status: 'True', lastTransitionTime }];
  const stopped = patched(installed(), 'Lease/virt-operator', stale);
  const since = async (a: string, b: string) => {
    const ready = patched(
      patched(stopped, 'Pod/virt-operator-1-a', { status: { conditions: became(a) } }),
      'Pod/virt-operator-1-b',
      {
        status: { conditions: became(b) },
      },
    );
    return (await diagnosisOf(ready)).causes[0]?.since;
  };
  assert.is(await since('2026-03-01T02:58:00Z', '2026-03-01T02:57:00Z'), '2026-03-01T02:57:00Z');
  assert.is(await since('2026-03-01T01:00:00Z', '2026-03-01T02:57:00Z'), stale.spec.renewTime);
});

test('Ready pods that do not lead because their binding is missing: the binding is the cause', async () => {
  const unbound = without(patched(installed(), 'Lease/virt-operator', stale), 'RoleBinding');
  assert.equal(await answer(unbound), down('crash-rbac certain no-leader'));
});

test('Ready pods that do not lead because their account is gone: its tokens are refused', async () => {
  const orphaned = without(patched(installed(), 'Lease/virt-operator', stale), 'ServiceAccount');
  assert.equal(await answer(orphaned), down('serviceaccount-missing certain no-leader'));
  const pods = ['cp-0', 'cp-1'].map((node) =>
    crashingPod(`virt-operator-1-${node}`, { message: 'leaderelection lost' }, node),
  );
  assert.equal(
    await answer([...without(orphaned, 'Pod'), ...pods]),
    down('serviceaccount-missing certain leader-election-lost'),
  );
  const panic = crashingPod('virt-operator-1-a', { message: 'panic: runtime error: index out of range [3]' });
  assert.match(JSON.stringify(await answer([...without(orphaned, 'Pod'), panic])), '"crash-panic likely"');
});

const bindTo = (...subjects: object[]) =>
  patched(patched(installed(), 'Lease/virt-operator', stale), 'RoleBinding', { subjects });
const ACCOUNT = { kind: 'ServiceAccount', name: 'kubevirt-operator', namespace: 'kubevirt' };
const SUBJECTS: [string, object[], string][] = [
  ['nobody', [], 'crash-rbac certain no-leader'],
  ['the account of another namespace', [{ ...ACCOUNT, namespace: 'old' }], 'crash-rbac certain no-leader'],
  ['another account', [{ ...ACCOUNT, name: 'default' }], 'crash-rbac certain no-leader'],
  [
    'the accounts of another namespace',
    [{ kind: 'Group', name: 'system:serviceaccounts:old' }],
    'crash-rbac certain no-leader',
  ],
  ['one more', [{ ...ACCOUNT, name: 'default' }, ACCOUNT], 'no-leader certain'],
  ['all accounts of the namespace', [{ kind: 'Group', name: 'system:serviceaccounts:kubevirt' }], 'no-leader certain'],
  ['its user', [{ kind: 'User', name: 'system:serviceaccount:kubevirt:kubevirt-operator' }], 'no-leader certain'],
];
for (const [name, subjects, cause] of SUBJECTS) {
  test(`Ready pods that do not lead, and a role binding for ${name}`, async () => {
    assert.equal(await answer(bindTo(...subjects)), down(cause));
  });
}

test('pods that run as another account than the role bindings are for', async () => {
  const moved = patched(bindTo(ACCOUNT), 'Deployment', {
    spec: { template: { spec: { serviceAccountName: 'mine' } } },
  });
  assert.ok(JSON.stringify(await answer(moved)).includes('crash-rbac certain'));
});

test('a leader that lost its label still works, beside the pods: degraded, unless its place was taken just now', async () => {
  const pods = (creationTimestamp: string) =>
    patched([...noPods, operatorPod('virt-operator-1-c', 'cp-0'), operatorPod('virt-operator-1-d', 'cp-1')], 'Pod', {
      metadata: { creationTimestamp },
    });
  const renewed = (time: string, objects: TestObject[]) =>
    patched(objects, 'Lease/virt-operator', { spec: { renewTime: `2026-03-01T${time}.000000Z` } });
  const verdict = async (objects: TestObject[]) => (await diagnosisOf(objects)).verdict;
  assert.is(await verdict(renewed('02:59:59', pods('2026-03-01T02:59:00Z'))), 'degraded');
  assert.is(await verdict(renewed('02:59:59', pods('2026-03-01T02:59:30Z'))), 'down');
  assert.is(await verdict(renewed('02:59:52', pods('2026-03-01T02:50:00Z'))), 'down');
});

test('a lease held by a pod that is gone leads nothing', async () => {
  const pods = [operatorPod('virt-operator-1-c', 'cp-0'), operatorPod('virt-operator-1-d', 'cp-1')];
  const { verdict, causes } = await diagnosisOf([...noPods, ...pods]);
  assert.equal(
    [verdict, causes.map(({ code, confidence }) => [code, confidence])],
    ['down', [['no-leader', 'possible']]],
  );
  assert.ok(causes[0]?.evidence.some(({ text }) => text === 'no operator pod is called virt-operator-1-a'));
});

test.run();
