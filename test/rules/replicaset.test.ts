import * as assert from 'uvu/assert';
import { object } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, failedCreate, installed, patched, without } from './outage.ts';

const test = suite('ReplicaSet rules');
const NAME = 'virt-operator-1-x7k2p';
const noPods = without(installed(), 'Pod');
const inKubevirt = { name: 'q', namespace: 'kubevirt' };
const forbidden = (inner: string) => `pods "${NAME}" is forbidden: ${inner}`;
const down = (cause: string, ...findings: string[]) => ({ verdict: 'down', causes: [cause], findings });
/** What refused the pods is gone, and the ReplicaSet controller has not tried again. */
const waiting = down('replicaset-backoff likely');

const QUOTA = forbidden(
  'exceeded quota: q, requested: requests.memory=450Mi, used: requests.memory=1800Mi, limited: requests.memory=2Gi',
);
const full = object('v1', 'ResourceQuota', inKubevirt, {
  spec: { hard: { 'requests.memory': '2Gi' } },
  status: { hard: { 'requests.memory': '2Gi' }, used: { 'requests.memory': '1800Mi' } },
});
const roomy = patched([full], 'ResourceQuota', { status: { used: { 'requests.memory': '900Mi' } } });

test('a quota that is full is certain, with the arithmetic', async () => {
  assert.equal(await answer([...noPods, full]), down('quota-exceeded certain'));
  const { causes } = await diagnosisOf([...noPods, full, failedCreate(QUOTA)]);
  assert.equal(
    causes[0]?.evidence.map(({ text }) => text),
    ['requests.memory: 1.8Gi used of 2Gi, one pod asks for 450Mi', QUOTA],
  );
  assert.is(causes[0]?.since, '2026-03-01T02:59:30Z');
});

test('the API server alone speaks of a quota: likely while it may not be read, a wait once it has room or is gone', async () => {
  const told = [...noPods, failedCreate(QUOTA)];
  assert.equal(await answer([...told, ...roomy]), waiting);
  const byKey = patched(roomy, 'ResourceQuota', { status: { hard: { pods: '2' }, used: { pods: '2' } } });
  assert.equal(await answer([...told, ...byKey]), down('quota-exceeded certain'));
  assert.equal(await answer(told, ['/api/v1/namespaces/kubevirt/resourcequotas']), down('quota-exceeded likely'));
  assert.equal(await answer(told), waiting);
});

test('a full quota is nothing while every pod exists', async () => {
  assert.equal(await answer([...installed(), full]), { verdict: 'healthy', causes: [], findings: [] });
});

test('one of two pods that cannot be replaced is degraded', async () => {
  assert.equal(await answer([...without(installed(), 'Pod/virt-operator-1-b'), full]), {
    verdict: 'degraded',
    causes: ['quota-exceeded certain'],
    findings: [],
  });
});

const limitRange = (item: object) =>
  object('v1', 'LimitRange', { name: 'l', namespace: 'kubevirt' }, { spec: { limits: [item] } });

test('a LimitRange that forbids the request, by its own numbers or by what the API server says', async () => {
  const min = limitRange({ type: 'Container', min: { memory: '1Gi' } });
  const words = failedCreate(forbidden('minimum memory usage per Container is 1Gi, but request is 450Mi'));
  assert.equal(await answer([...noPods, min]), down('limitrange-violation certain'));
  const loose = limitRange({ type: 'Container', min: { memory: '1Mi' } });
  assert.equal(await answer([...noPods, loose, words]), waiting);
  const pods = limitRange({ type: 'Pod', maxLimitRequestRatio: { memory: '2' } });
  const ratio = failedCreate(
    forbidden('memory max limit to request ratio per Pod is 2, but provided ratio is 4.000000'),
  );
  assert.equal(await answer([...noPods, pods, ratio]), down('limitrange-violation likely'));
  assert.equal(await answer([...noPods, words]), waiting);
  assert.equal(
    await answer([...noPods, words], ['/api/v1/namespaces/kubevirt/limitranges']),
    down('limitrange-violation likely'),
  );
});

test('a default limit below the request; where the maximum is, no default helps', async () => {
  const max = { max: { memory: '256Mi' } };
  for (const [item, cause] of [
    [{ default: { memory: '256Mi' } }, 'limitrange-default-below-request certain'],
    [{ ...max, default: { memory: '256Mi' } }, 'limitrange-violation certain'],
    [max, 'limitrange-violation certain'],
  ] as const) {
    assert.equal(await answer([...noPods, limitRange({ type: 'Container', ...item })]), down(cause));
  }
});

const VIOLATES = forbidden(
  'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "x" must set it)',
);
const level = (enforce: string) =>
  patched(noPods, 'Namespace', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': enforce } } });

test('pod security denies: certain while the namespace enforces that level, a wait once it is relabelled', async () => {
  assert.equal(await answer([...level('restricted'), failedCreate(VIOLATES)]), down('podsecurity-denied certain'));
  assert.equal(await answer([...noPods, failedCreate(VIOLATES)]), down('podsecurity-denied likely'));
  assert.equal(await answer([...level('privileged'), failedCreate(VIOLATES)]), waiting);
  const warning = VIOLATES.replace('violates', 'would violate');
  assert.equal(await answer([...level('restricted'), failedCreate(warning)]), {
    verdict: 'down',
    causes: ['pod-refused likely'],
    findings: [],
  });
});

const NO_ACCOUNT =
  'error looking up service account kubevirt/kubevirt-operator: serviceaccount "kubevirt-operator" not found';
const NO_CLASS = 'pods "virt-operator-1-" is forbidden: no PriorityClass with name kubevirt-cluster-critical was found';

test('a missing ServiceAccount or PriorityClass is certain, with or without words', async () => {
  for (const [kind, code, words] of [
    ['ServiceAccount', 'serviceaccount-missing', `pods "virt-operator-1-" is forbidden: ${NO_ACCOUNT}`],
    ['PriorityClass', 'priorityclass-missing', NO_CLASS],
  ] as const) {
    const gone = without(noPods, kind);
    assert.equal(await answer(gone), down(`${code} certain`));
    assert.equal(await answer([...gone, failedCreate(words)]), down(`${code} certain`));
    assert.equal(await answer([...noPods, failedCreate(words)]), waiting, 'it is back');
    assert.equal(await answer(without(installed(), kind)), {
      verdict: 'healthy',
      causes: [],
      findings: [`${code} certain`],
    });
  }
});

test('a PriorityClass that may not be read is likely missing when the API server says so', async () => {
  const path = '/apis/scheduling.k8s.io/v1/priorityclasses/*';
  assert.equal(await answer([...noPods, failedCreate(NO_CLASS)], [path]), down('priorityclass-missing likely'));
  assert.equal(await answer(noPods, [path]), { verdict: 'down', causes: [], findings: [] });
});

test('what the API server names acts now; other obstacles come next', async () => {
  const both = [...without(noPods, 'ServiceAccount'), full];
  assert.equal(
    await answer(both),
    down('serviceaccount-missing certain', 'quota-exceeded certain next'),
    'admission order',
  );
  assert.equal(
    await answer([...both, failedCreate(QUOTA)]),
    down('quota-exceeded certain', 'serviceaccount-missing certain next'),
  );
});

test('a condition keeps the first failure for good: a newer event beats it, an older one does not', async () => {
  const conditions = [
    {
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message: QUOTA,
      lastTransitionTime: '2026-03-01T02:30:00Z',
    },
  ];
  const stuck = without(patched(noPods, 'ReplicaSet', { status: { conditions } }), 'PriorityClass');
  const newer = await diagnosisOf([...stuck, full, failedCreate(NO_CLASS)]);
  assert.equal(
    newer.causes.map(({ code }) => code),
    ['priorityclass-missing'],
  );
  const older = await diagnosisOf([...stuck, full, failedCreate(NO_CLASS, '2026-03-01T02:20:00Z')]);
  assert.equal(
    older.causes.map(({ code }) => code),
    ['quota-exceeded'],
  );
});

test.run();
