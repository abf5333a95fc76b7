import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, failedCreate, installed, patched, pendingPod, without } from './outage.ts';

const test = suite('control-plane rules');
const KCM = 'Lease/kube-controller-manager';
const SCHEDULER = 'Lease/kube-scheduler';
const stale = { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } };
const late = { spec: { renewTime: '2026-03-01T02:59:48.000000Z' } };
const miscounts = { status: { replicas: 2, observedGeneration: 1 } };
const noPods = patched(without(installed(), 'Pod'), 'ReplicaSet', miscounts);

test('statuses that count lost pods, and a stale lease, show a stopped kube-controller-manager', async () => {
  assert.equal(await answer(patched(noPods, KCM, stale)), {
    verdict: 'down',
    causes: ['controller-manager-down certain'],
    findings: [],
  });
});

test('a Deployment status that says 2/2 without any pod is not believed', async () => {
  const lies = patched(noPods, 'Deployment', { status: { replicas: 2, readyReplicas: 2, availableReplicas: 2 } });
  assert.equal(await answer(lies), { verdict: 'down', causes: [], findings: [] });
});

test('a lease that is a little late counts only together with work left undone', async () => {
  assert.equal(await answer(patched(noPods, KCM, late)), {
    verdict: 'down',
    causes: ['controller-manager-down likely'],
    findings: [],
  });
  assert.equal(await answer(patched(installed(), KCM, late)), { verdict: 'healthy', causes: [], findings: [] });
});

test('a stopped kube-controller-manager with every pod there is a finding', async () => {
  assert.equal(await answer(patched(installed(), KCM, stale)), {
    verdict: 'healthy',
    causes: [],
    findings: ['controller-manager-down certain'],
  });
});

test('a lease that may not be read leaves only a possibility', async () => {
  const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/*';
  assert.equal(await answer(noPods, [leases]), {
    verdict: 'down',
    causes: ['controller-manager-down possible'],
    findings: [],
  });
});

test('a spec that its controller has not seen for long is work left undone', async () => {
  const unseen = patched(without(installed(), 'Pod', 'ReplicaSet'), 'Deployment', {
    metadata: { generation: 4, creationTimestamp: '2026-02-01T00:00:00Z' },
    status: { observedGeneration: 3 },
  });
  const { causes } = await diagnosisOf(patched(unseen, KCM, stale));
  assert.equal(
    causes.map(({ code }) => code),
    ['controller-manager-down'],
  );
  assert.ok(
    causes[0]?.evidence.some(({ text }) => text === 'the Deployment is at generation 4, its controller has seen 3'),
  );
});

test('a failure that was reported after the last renewal proves the controller at work', async () => {
  const tried = [...patched(noPods, KCM, late), failedCreate('boom', '2026-03-01T02:59:55Z')];
  assert.equal(await answer(tried), { verdict: 'down', causes: ['pod-refused likely'], findings: [] });
});

test('pods that no scheduler has looked at show a stopped kube-scheduler', async () => {
  const ignored = [pendingPod('virt-operator-1-a', '', false), pendingPod('virt-operator-1-b', '', false)];
  const cluster = [...without(installed(), 'Pod'), ...ignored];
  assert.equal(await answer(patched(cluster, SCHEDULER, stale)), {
    verdict: 'down',
    causes: ['scheduler-down certain'],
    findings: [],
  });
  assert.equal(await answer(patched(cluster, SCHEDULER, late)), {
    verdict: 'down',
    causes: ['scheduler-down likely'],
    findings: [],
  });
  assert.equal(await answer(cluster), { verdict: 'down', causes: [], findings: [] });
});

test('pods of another scheduler, or behind a gate, say nothing about kube-scheduler', async () => {
  for (const spec of [{ schedulerName: 'custom' }, { schedulingGates: [{ name: 'example.com/wait' }] }]) {
    const cluster = patched([...without(installed(), 'Pod'), pendingPod('virt-operator-1-a', '', false)], 'Pod', {
      spec,
    });
    const { causes } = await diagnosisOf(patched(cluster, SCHEDULER, stale));
    assert.ok(!causes.some(({ code }) => code === 'scheduler-down'));
  }
});

test('kube-controller-manager and kube-scheduler both down: one lost pod is not made, the other gets no node', async () => {
  const one = [...without(installed(), 'Pod'), pendingPod('virt-operator-1-a', '', false)];
  const cluster = patched(patched(patched(one, 'ReplicaSet', miscounts), KCM, stale), SCHEDULER, stale);
  assert.equal(await answer(cluster), {
    verdict: 'down',
    causes: ['controller-manager-down certain', 'scheduler-down certain'],
    findings: ['expired-control-plane-certs possible'],
  });
});

test('kube-scheduler, which is down too, stops the pods that kube-controller-manager is yet to make', async () => {
  const both = patched(patched(noPods, KCM, stale), SCHEDULER, stale);
  assert.equal(await answer(both), {
    verdict: 'down',
    causes: ['controller-manager-down certain'],
    findings: ['scheduler-down certain next', 'expired-control-plane-certs possible'],
  });
  const asWell = patched(patched(noPods, KCM, stale), SCHEDULER, late);
  assert.equal((await diagnosisOf(asWell)).findings, []);
});

test('an old quota failure does not hide that kube-controller-manager died since', async () => {
  const quota = failedCreate(
    'pods "x" is forbidden: exceeded quota: q, requested: a=1, used: a=1, limited: a=1',
    '2026-03-01T02:00:00Z',
  );
  assert.equal(await answer([...patched(noPods, KCM, stale), quota]), {
    verdict: 'down',
    causes: ['controller-manager-down certain replicaset-backoff'],
    findings: [],
  });
});

test.run();
