import * as assert from 'uvu/assert';
import type { Deployment, Pod, ReplicaSet } from '../../../src/model/kubernetes.ts';
import { isJustStarting } from '../../../src/objects/container/starting.ts';
import { operatorOf } from '../../../src/objects/operator/operator.ts';
import { healthyCluster, operatorPod, READ_AT, type TestObject } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('pods that may just be starting');
const find = (kind: string) => healthyCluster().find((one) => one.kind === kind) as TestObject;

function starting(...pods: TestObject[]): boolean {
  const [deployment, replicaSets] = [find('Deployment') as Deployment, [find('ReplicaSet') as ReplicaSet]];
  return isJustStarting(operatorOf({ deployment, replicaSets, pods: pods as Pod[] }), READ_AT);
}

function pod(name: string, creationTimestamp: string, status: object = {}): TestObject {
  const made = operatorPod(name, 'cp-0', 'kubevirt', { status: { phase: 'Pending', ...status } });
  return { ...made, metadata: { ...made.metadata, creationTimestamp } };
}

const NOW = '2026-03-01T02:59:45Z';
const waiting = (reason: string, restartCount = 0) => ({
  containerStatuses: [{ name: 'virt-operator', restartCount, state: { waiting: { reason } } }],
});

test('pods that were made just now and to which nothing has happened', () => {
  assert.ok(starting(pod('a', NOW), pod('b', NOW, waiting('ContainerCreating'))));
  assert.ok(starting(pod('a', NOW), operatorPod('b', 'cp-1')), 'the other one is ready');
});

test('not those that are older, are in trouble, find no node or do not exist', () => {
  const unscheduled = { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
  const others = [
    pod('b', '2026-03-01T02:58:00Z'),
    pod('b', '2026-03-01T03:30:00Z'),
    pod('b', NOW, waiting('ErrImagePull')),
    pod('b', NOW, waiting('ContainerCreating', 1)),
    pod('b', NOW, unscheduled),
  ];
  for (const other of others) assert.not.ok(starting(pod('a', NOW), other));
  assert.not.ok(starting(pod('a', NOW)), 'one is missing');
  assert.not.ok(starting(operatorPod('a', 'cp-0'), operatorPod('b', 'cp-1')), 'all are ready');
});

test.run();
