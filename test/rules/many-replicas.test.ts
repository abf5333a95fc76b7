import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import {
  answer,
  crashingPod,
  diagnosisOf,
  evidenceOf,
  failedCreate,
  installed,
  patched,
  pendingPod,
  without,
} from './outage.ts';

const test = suite('far too many replicas');
const named = (index: number) => `virt-operator-1-z${String(index).padStart(4, '0')}`;
const pods = (count: number, make: (name: string, node: string) => TestObject) =>
  Array.from({ length: count }, (_, index) => make(named(index), 'cp-0'));

/** A Deployment of so many replicas, of which these pods exist besides the two of a healthy cluster. */
function scaled(replicas: number, more: TestObject[], readyReplicas = 2): TestObject[] {
  const spec = { replicas };
  const status = { replicas: more.length + 2, readyReplicas };
  return [...patched(patched(installed(), 'Deployment', { spec }), 'ReplicaSet', { spec, status }), ...more];
}
const waiting = (count: number) =>
  pods(count, (name) => pendingPod(name, '0/3 nodes are available: 2 Insufficient memory.'));

test('pods that find no room beyond two that are Ready come from the number', async () => {
  const { verdict, causes } = await diagnosisOf(scaled(20, waiting(18)));
  assert.is(verdict, 'degraded');
  assert.is(causes[0]?.title, "Deployment virt-operator asks for 20 replicas, where KubeVirt's manifest asks for 2");
});

test('of very many pods the rest is counted by the ReplicaSet, and the leader is read', async () => {
  for (const replicas of [200, 2000]) {
    const ahead = pods(120, (name) => operatorPod(`${name}-first`, 'cp-0'));
    const objects = patched(scaled(replicas, [...ahead, ...waiting(replicas - 122)], 122), 'Lease/virt-operator', {
      spec: { holderIdentity: 'virt-operator-1-z0119-first' },
    });
    const report = operatorReport(await evidenceOf(objects));
    assert.is(report.verdict, 'degraded');
    assert.equal(
      report.causes.map(({ code }) => code),
      ['many-replicas'],
    );
    assert.equal([report.operator.desired, report.operator.ready], [replicas, 122]);
    assert.ok(report.operator.leader?.alive);
    assert.is(report.unexplained, undefined);
    assert.ok(report.notChecked.some(({ why }) => why.startsWith('cut short')));
  }
});

test('where fewer than two are Ready the number is told beside the cause', async () => {
  const crashing = pods(12, (name) => crashingPod(name, { exitCode: 2 }));
  const objects = without(scaled(12, crashing, 0), 'Pod/virt-operator-1-a', 'Pod/virt-operator-1-b');
  const { causes, findings } = await diagnosisOf(objects);
  assert.is.not(causes[0]?.code, 'many-replicas');
  assert.ok(findings.some(({ code }) => code === 'many-replicas'));
});

test('ten replicas are nothing to speak of', async () => {
  const ready = pods(8, operatorPod);
  assert.equal(await answer(scaled(10, ready, 10)), { verdict: 'healthy', causes: [], findings: [] });
});

test('a refusal after which pods were made is of an earlier outage', async () => {
  const refusal = failedCreate('pods "x" is forbidden: exceeded quota: q, requested: pods=1', '2026-03-01T02:50:00Z');
  const made = (creationTimestamp: string) => {
    const objects = patched(without(installed(), 'Pod/virt-operator-1-b'), 'Pod', { metadata: { creationTimestamp } });
    return answer([...objects, refusal]);
  };
  assert.equal(await made('2026-03-01T02:49:00Z'), {
    verdict: 'degraded',
    causes: ['replicaset-backoff likely'],
    findings: [],
  });
  assert.equal(await made('2026-03-01T02:55:00Z'), { verdict: 'degraded', causes: [], findings: [] });
});

test.run();
