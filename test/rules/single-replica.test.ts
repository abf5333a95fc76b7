import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { codesOf, diagnosisOf, installed, patched, without } from './outage.ts';

const test = suite('one replica only');
const one = (change: object = {}) =>
  patched(without(installed(), 'Pod/virt-operator-1-b'), 'Deployment', { spec: { replicas: 1 }, ...change });
const alone = patched(one(), 'ReplicaSet', { spec: { replicas: 1 } });

test('who asks for it is named, and what asks for two', async () => {
  const written = { manager: 'kubectl', time: '2026-03-01T01:00:00Z', fieldsV1: { 'f:spec': { 'f:replicas': {} } } };
  const { verdict, causes, findings } = await diagnosisOf(
    patched(alone, 'Deployment', { metadata: { managedFields: [written] } }),
  );
  const found = findings.find(({ code }) => code === 'single-replica');
  assert.equal([verdict, causes, found?.since], ['healthy', [], '2026-03-01T01:00:00Z']);
  assert.is(found?.evidence[1]?.text, 'last written by kubectl at 2026-03-01T01:00:00Z');
  assert.is(
    found?.mitigation?.command,
    'kubectl -n kubevirt scale deployment/virt-operator --replicas=2 --current-replicas=1',
  );
});

test('it is never why the operator is down', async () => {
  const { causes } = await diagnosisOf(without(alone, 'Pod'));
  assert.not.ok(causes.some(({ code }) => code === 'single-replica'));
});

test('not where there are two, one node only, or Harvester wants one', async () => {
  const harvester = { labels: { 'harvesterhci.io/managed-by': 'harvester' } };
  const others = [
    installed(),
    without(alone, 'Node/cp-1', 'Node/worker-0'),
    patched(alone, 'Deployment', { metadata: harvester }),
  ];
  for (const objects of others) assert.not.ok((await codesOf(objects)).includes('single-replica'));
});

test.run();
