import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, installed, patched, without } from './outage.ts';

const test = suite('what all leases tell together');
const LEASES = ['kube-controller-manager', 'kube-scheduler', 'virt-operator'];
const renewed = (objects: TestObject[], times: Readonly<Record<string, string>>) =>
  Object.entries(times).reduce(
    (some, [name, renewTime]) =>
      patched(some, `Lease/${name}`, { spec: { renewTime: `2026-03-01T${renewTime}.000000Z` } }),
    objects,
  );
const stopped = renewed(installed(), {
  'kube-controller-manager': '02:50:01',
  'kube-scheduler': '02:50:03',
  'virt-operator': '02:50:00',
});
const nodeLease = (name: string, time: string) =>
  object(
    'coordination.k8s.io/v1',
    'Lease',
    { name, namespace: 'kube-node-lease' },
    { spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: `2026-03-01T${time}.000000Z` } },
  );
const codes = async (objects: TestObject[]) => {
  const { causes, findings } = await diagnosisOf(objects);
  return [causes.map(({ code }) => code), findings.map(({ code }) => code)];
};

const nodes = [nodeLease('cp-0', '02:50:05'), nodeLease('cp-1', '02:50:08')];

test('all leases stopped at one time: nothing is stored any more', async () => {
  assert.equal(await answer([...stopped, ...nodes]), {
    verdict: 'down',
    causes: ['etcd-or-api-slow likely controller-manager-down scheduler-down node-lease-stale-but-ready no-leader'],
    findings: [],
  });
});

test('where no lease of a node could be read, the other leases make that only possible', async () => {
  const { causes, findings } = await diagnosisOf(stopped);
  assert.equal(
    [causes[0]?.code, findings.find(({ code }) => code === 'etcd-or-api-slow')?.confidence],
    ['no-leader', 'possible'],
  );
});

test('pods that are missing since then are its consequence too', async () => {
  const [causes] = await codes([...without(stopped, 'Pod/virt-operator-1-b'), ...nodes]);
  assert.is(causes?.[0], 'etcd-or-api-slow');
});

const OTHERS: [string, TestObject[]][] = [
  ['a node has reported since', [...stopped, nodeLease('cp-0', '02:59:50')]],
  ['they stopped one after the other', renewed(stopped, { 'kube-scheduler': '02:40:00' })],
  ['one is still renewed', renewed(stopped, { 'kube-scheduler': '02:59:58' })],
  ['one was given up in good order', patched(stopped, 'Lease/kube-scheduler', { spec: { holderIdentity: '' } })],
];
for (const [name, objects] of OTHERS) {
  test(`not where ${name}`, async () => {
    const [causes] = await codes(objects);
    assert.not.ok(causes?.includes('etcd-or-api-slow'));
  });
}

for (const name of LEASES) {
  test(`a clock that is ahead: ${name}`, async () => {
    assert.equal(await answer(renewed(installed(), { [name]: '03:01:35' })), {
      verdict: 'healthy',
      causes: [],
      findings: ['clock-skew likely'],
    });
  });
}

/** Leases that were stored at these times of the API server's clock, each by its holder or by somebody else. */
const stored = (objects: TestObject[], times: Readonly<Record<string, string>>, manager = 'holder') =>
  Object.entries(times).reduce(
    (some, [name, time]) =>
      patched(some, `Lease/${name}`, {
        metadata: {
          managedFields: [
            {
              manager,
              operation: 'Update',
              time: `2026-03-01T${time}Z`,
              fieldsV1: { 'f:spec': { 'f:renewTime': {} } },
            },
          ],
        },
      }),
    objects,
  );
const JUST_NOW = Object.fromEntries(LEASES.map((name) => [name, '02:59:59']));

test("a leader whose clock is behind leads: the API server's clock tells when it renewed", async () => {
  const behind = renewed(installed(), { 'virt-operator': '02:00:00' });
  const healthy = { verdict: 'healthy', causes: [], findings: ['clock-skew certain'] };
  assert.equal(await answer(stored(behind, JUST_NOW)), healthy);
  assert.equal((await answer(stored(behind, JUST_NOW, 'kubectl-patch'))) as object, {
    verdict: 'down',
    causes: ['no-leader certain'],
    findings: [],
  });
});

test("an API server whose clock is ahead of every machine's stores leases all the same", async () => {
  const objects = [...stored([...stopped, ...nodes], { ...JUST_NOW, 'cp-0': '02:59:55', 'cp-1': '02:59:55' })];
  assert.equal(await answer(objects), { verdict: 'healthy', causes: [], findings: ['clock-skew certain'] });
});

test("a lease from a clock that is ahead is nobody's once its holder stopped", async () => {
  const ahead = renewed(installed(), { 'virt-operator': '05:00:00' });
  assert.equal((await diagnosisOf(stored(ahead, { ...JUST_NOW, 'virt-operator': '02:50:00' }))).verdict, 'down');
  const gone = patched(ahead, 'Lease/virt-operator', { spec: { holderIdentity: 'virt-operator-0-gone' } });
  assert.equal((await diagnosisOf(gone)).verdict, 'down');
});

test('a lease with a long duration keeps everybody waiting, and is deleted', async () => {
  const { verdict, causes } = await diagnosisOf(
    patched(renewed(installed(), { 'virt-operator': '02:50:00' }), 'Lease/virt-operator', {
      spec: { leaseDurationSeconds: 86_400 },
    }),
  );
  assert.equal(
    [verdict, causes.map(({ code, confidence }) => `${code} ${confidence}`)],
    ['down', ['no-leader certain']],
  );
  assert.is(causes[0]?.mitigation?.command, 'kubectl -n kubevirt delete lease virt-operator');
});

test('a second or two is no difference', async () => {
  assert.equal(await answer(renewed(installed(), { 'kube-scheduler': '03:00:04' })), {
    verdict: 'healthy',
    causes: [],
    findings: [],
  });
});

test('control-plane processes that stop in one minute while others go on', async () => {
  const controllers = renewed(installed(), { 'kube-controller-manager': '02:50:01', 'kube-scheduler': '02:50:03' });
  assert.equal(await answer(controllers), {
    verdict: 'healthy',
    causes: [],
    findings: ['expired-control-plane-certs possible', 'controller-manager-down certain', 'scheduler-down certain'],
  });
  const [, apart] = await codes(renewed(controllers, { 'kube-scheduler': '02:40:03' }));
  assert.equal(apart, ['controller-manager-down', 'scheduler-down']);
});

test('a kubelet that stopped in the same minute is evidence', async () => {
  const controllers = renewed(installed(), { 'kube-controller-manager': '02:50:01', 'kube-scheduler': '02:50:03' });
  const leases = [nodeLease('cp-0', '02:50:02'), nodeLease('cp-1', '02:59:58')];
  const { causes } = await diagnosisOf([...without(controllers, 'Pod/virt-operator-1-b'), ...leases]);
  const expired = causes.find(({ code }) => code === 'expired-control-plane-certs');
  assert.equal([expired?.confidence, expired?.evidence.at(-1)?.source], ['likely', 'lease/cp-0 in kube-node-lease']);
});

const BOTH = renewed(installed(), { 'kube-controller-manager': '02:50:01', 'kube-scheduler': '02:50:03' });
const lost = without(BOTH, 'Pod/virt-operator-1-b');
const cause = async (objects: TestObject[]) => {
  const { causes } = await diagnosisOf(objects);
  return causes.map(({ code, confidence }) => `${code} ${confidence}`);
};

test('all three kinds of client that stopped in one minute are the cause of what is not made since', async () => {
  const cp = [nodeLease('cp-0', '02:50:02'), nodeLease('cp-1', '02:59:58')];
  assert.equal(await cause([...lost, ...cp]), ['expired-control-plane-certs likely']);
});

test('a kubelet that is renewing still is no such client', async () => {
  const soon = renewed(lost, { 'kube-controller-manager': '02:58:50', 'kube-scheduler': '02:58:50' });
  const cp = [nodeLease('cp-0', '02:59:25'), nodeLease('cp-1', '02:59:58')];
  assert.equal(await cause([...soon, ...cp]), ['controller-manager-down certain']);
});

for (const [made, expected] of [
  ['2025-03-01T02:44:00Z', 'expired-control-plane-certs likely'],
  ['2024-03-01T02:51:00Z', 'expired-control-plane-certs likely'],
  ['2025-03-03T02:44:00Z', 'controller-manager-down certain'],
  ['2026-03-01T02:40:00Z', 'controller-manager-down certain'],
] as const) {
  test(`a control-plane node made at ${made}`, async () => {
    const aged = patched(lost, 'Node/cp-0', { metadata: { creationTimestamp: made } });
    assert.equal(await cause(aged), [expected]);
  });
}

test.run();
