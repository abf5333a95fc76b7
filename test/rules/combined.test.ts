import * as assert from 'uvu/assert';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import {
  answer,
  crashingPod,
  diagnosisOf,
  failedCreate,
  installed,
  patched,
  pendingPod,
  pullFailingPod,
  without,
} from './outage.ts';

const test = suite('combined outages');
const noPods = without(installed(), 'Pod');
const cordon = { spec: { unschedulable: true } };
const cordoned = (objects: TestObject[]) => patched(patched(objects, 'Node/cp-0', cordon), 'Node/cp-1', cordon);
const hard = { pods: '2' };
const fullQuota = object(
  'v1',
  'ResourceQuota',
  { name: 'q', namespace: 'kubevirt' },
  { spec: { hard }, status: { hard, used: { pods: '2' } } },
);

test('a quota lets one pod through, and no node takes it: one cause each', async () => {
  assert.equal(await answer([...cordoned(noPods), pendingPod('virt-operator-1-a'), fullQuota]), {
    verdict: 'down',
    causes: ['quota-exceeded certain', 'cordoned certain'],
    findings: [],
  });
});

test('a quota refuses both pods of a cluster whose nodes are cordoned: the quota acts, and they come next', async () => {
  assert.equal(await answer([...cordoned(noPods), fullQuota]), {
    verdict: 'down',
    causes: ['quota-exceeded certain'],
    findings: ['cordoned certain next'],
  });
});

/** The Deployment rolls out a new template: `virt-operator-2` is its ReplicaSet, `virt-operator-1` the old one. */
function rolling(oldReplicas: number, newReplicas = 1): TestObject[] {
  const image = 'quay.io/kubevirt/virt-operator:v1.70';
  const template = { spec: { containers: [{ name: 'virt-operator', image }] } };
  const [old] = installed().filter(({ kind }) => kind === 'ReplicaSet');
  const current = patched([old as TestObject], 'ReplicaSet', {
    metadata: { name: 'virt-operator-2', uid: 'r2' },
    spec: { replicas: newReplicas, template },
  });
  const cluster = patched(installed(), 'Deployment', { spec: { template } });
  return [...patched(cluster, 'ReplicaSet', { spec: { replicas: oldReplicas } }), ...current];
}

const NOT_FOUND = 'failed to resolve reference "quay.io/kubevirt/virt-operator:v1.70": not found';
const [newPod] = patched([pullFailingPod('virt-operator-2-a', NOT_FOUND)], 'Pod', {
  metadata: {
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'virt-operator-2', uid: 'r2', controller: true },
    ],
  },
}) as [TestObject];

test("a broken roll-out while the old pods lead is degraded, with the new pod's cause", async () => {
  assert.equal(await answer([...rolling(2), newPod]), {
    verdict: 'degraded',
    causes: ['image-not-found likely'],
    findings: [],
  });
});

test('a broken roll-out whose old pods are lost too is down, with both causes', async () => {
  const lost = cordoned([
    ...without(rolling(2), 'Pod'),
    newPod,
    pendingPod('virt-operator-1-a'),
    pendingPod('virt-operator-1-b'),
  ]);
  assert.equal(await answer(lost), {
    verdict: 'down',
    causes: ['cordoned certain', 'image-not-found likely'],
    findings: ['rollout-broken-and-old-lost certain'],
  });
});

test('a roll-out that was given up is degraded, also where no cause is seen', async () => {
  const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }];
  const given = patched(installed(), 'Deployment', { status: { conditions } });
  assert.equal(await answer(given), {
    verdict: 'degraded',
    causes: [],
    findings: ['progress-deadline-exceeded certain'],
  });
});

test('pods that are Ready and wait for minReadySeconds are no roll-out that was given up', async () => {
  const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }];
  const given = patched(installed(), 'Deployment', { spec: { minReadySeconds: 600 }, status: { conditions } });
  assert.is((await diagnosisOf(given)).verdict, 'healthy');
  const older = patched(rolling(2, 0), 'Deployment', { spec: { minReadySeconds: 600 }, status: { conditions } });
  assert.is((await diagnosisOf(older)).verdict, 'degraded');
});

test('a new ReplicaSet that cannot create its pod is degraded while the old pods lead', async () => {
  const refused = {
    ...failedCreate('exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2'),
    involvedObject: { kind: 'ReplicaSet', name: 'virt-operator-2', uid: 'r2' },
  };
  assert.equal(await answer([...rolling(2), fullQuota, refused]), {
    verdict: 'degraded',
    causes: ['quota-exceeded certain'],
    findings: [],
  });
});

test('evicted leftovers and pods that are being deleted beside a healthy pair are history', async () => {
  const evicted = operatorPod('virt-operator-1-old', 'cp-0', 'kubevirt', {
    status: { phase: 'Failed', reason: 'Evicted' },
  });
  const [deleting] = patched([operatorPod('virt-operator-1-gone', 'cp-1')], 'Pod', {
    metadata: { deletionTimestamp: '2026-03-01T02:00:00Z' },
  });
  assert.equal(await answer([...installed(), evicted, deleting as TestObject]), {
    verdict: 'healthy',
    causes: [],
    findings: [],
  });
});

test('hundreds of evicted pods do not crowd out the two that run', async () => {
  const evicted = Array.from({ length: 300 }, (_, index) =>
    operatorPod(`virt-operator-0-${index}`, 'cp-0', 'kubevirt', { status: { phase: 'Failed', reason: 'Evicted' } }),
  );
  assert.equal(
    await answer([...without(installed(), 'Pod'), ...evicted, ...installed().filter(({ kind }) => kind === 'Pod')]),
    {
      verdict: 'healthy',
      causes: [],
      findings: [],
    },
  );
});

test("strangers with the operator's label do not stand in for its pods", async () => {
  const [stranger] = patched([operatorPod('stranger', 'cp-0')], 'Pod', { metadata: { ownerReferences: null } });
  assert.equal(await answer([...noPods, stranger as TestObject]), {
    verdict: 'down',
    causes: [],
    findings: ['label-drift certain'],
  });
});

test('two causes of one rung: what the API server names acts, the other is not lost', async () => {
  const words =
    'pods "virt-operator-1-" is forbidden: error looking up service account kubevirt/kubevirt-operator: serviceaccount "kubevirt-operator" not found';
  const { causes, findings } = await diagnosisOf([
    ...without(noPods, 'ServiceAccount'),
    fullQuota,
    failedCreate(words),
  ]);
  assert.equal(
    [causes, findings].map((some) => some.map(({ code }) => code)),
    [['serviceaccount-missing'], ['quota-exceeded']],
  );
});

test('one pod crashes, the other cannot be created', async () => {
  const message =
    'Error determining cluster type: Get "https://10.96.0.1:443/api": dial tcp 10.96.0.1:443: i/o timeout';
  assert.equal(await answer([...noPods, crashingPod('virt-operator-1-a', { message }), fullQuota]), {
    verdict: 'down',
    causes: ['quota-exceeded certain', 'crash-api-unreachable likely'],
    findings: [],
  });
});

test('Ready pods whose lease may not be read are incomplete, never healthy', async () => {
  const { verdict, notChecked } = await diagnosisOf(installed(), [
    '/apis/coordination.k8s.io/v1/namespaces/kubevirt/*',
  ]);
  assert.is(verdict, 'incomplete');
  assert.equal(
    notChecked.map(({ what }) => what),
    ['Lease virt-operator'],
  );
});

test('no required read may be missing from a healthy verdict', async () => {
  const paths = [
    '/api/v1/namespaces/kubevirt',
    '/apis/apps/v1/namespaces/kubevirt/replicasets',
    '/api/v1/namespaces/kubevirt/pods',
  ];
  for (const path of paths) assert.is((await diagnosisOf(installed(), [path])).verdict, 'incomplete', path);
});

test('what is certain beats what could not be read', async () => {
  const zero = patched(noPods, 'Deployment', { spec: { replicas: 0 } });
  const { verdict, causes, notChecked } = await diagnosisOf(zero, ['/apis/coordination.k8s.io/*', '/api/v1/nodes*']);
  assert.equal([verdict, causes.map(({ code }) => code)], ['down', ['deployment-scaled-to-zero']]);
  assert.ok(notChecked.length > 0);
});

test.run();
