import * as assert from 'uvu/assert';
import type { Deployment, Lease, Pod, ReplicaSet } from '../../../src/model/kubernetes.ts';
import { type OperatorState, progressOf } from '../../../src/objects/operator/progress.ts';
import { healthyCluster, operatorPod, READ_AT, type TestObject } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('progress');
const healthy = healthyCluster();
const of = (kind: string) => healthy.filter((one) => one.kind === kind);

function state(changes: Partial<OperatorState> = {}): OperatorState {
  return {
    readAt: READ_AT,
    deployment: of('Deployment')[0] as Deployment,
    replicaSets: of('ReplicaSet') as ReplicaSet[],
    pods: of('Pod') as Pod[],
    lease: of('Lease')[0] as Lease,
    ...changes,
  };
}

function pods(rest: object, node = 'cp-1'): Pod[] {
  return [of('Pod')[0] as TestObject, operatorPod('b', node, 'kubevirt', rest)] as Pod[];
}

function earlier(): ReplicaSet {
  const [one] = of('ReplicaSet');
  return { ...one, spec: { replicas: 2, template: { spec: { schedulerName: 'other' } } } } as ReplicaSet;
}

const cases: [name: string, changes: Partial<OperatorState>, awaited: string, text: RegExp][] = [
  ['nothing was answered', { pods: undefined }, 'answer', /the API server to answer/],
  ['no Deployment', { deployment: null }, 'created', /the Deployment to exist/],
  ['a pod is missing', { pods: [of('Pod')[0] as Pod] }, 'created', /^1 of 2 pods to be created$/],
  ['no pod at all', { pods: [] }, 'created', /^2 of 2 pods to be created$/],
  [
    'a pod without a node',
    { pods: pods({ spec: {}, status: { phase: 'Pending' } }) },
    'scheduled',
    /^pod b to be scheduled$/,
  ],
  [
    'a pod that does not run',
    {
      pods: pods({
        status: { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }] },
      }),
    },
    'running',
    /^pod b to run \(ImagePullBackOff\)$/,
  ],
  ['a pod that is not ready', { pods: pods({ status: { phase: 'Running' } }) }, 'ready', /^pod b to be ready$/],
  [
    'pods of an earlier template',
    { replicaSets: [earlier()] },
    'created',
    /^2 of 2 pods of the present template to be created$/,
  ],
  ['nobody leads', { lease: null }, 'leader', /to become the leader/],
];
for (const [name, changes, awaited, text] of cases) {
  test(`${name}: ${awaited} is awaited`, () => {
    const progress = progressOf(state(changes));
    assert.is(progress.awaited, awaited);
    assert.match(progress.text, text);
  });
}

test('all replicas ready and a live leader: done', () => {
  const { awaited, ready, desired, leader } = progressOf(state());
  assert.equal(
    { awaited, ready, desired, leader },
    { awaited: 'done', ready: 2, desired: 2, leader: 'virt-operator-1-a' },
  );
});

test.run();
