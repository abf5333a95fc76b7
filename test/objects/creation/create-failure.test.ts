import * as assert from 'uvu/assert';
import type { KubernetesEvent, ReplicaSet } from '../../../src/model/kubernetes.ts';
import { createFailure, newestCreateFailure } from '../../../src/objects/creation/create-failure.ts';
import { operatorOf } from '../../../src/objects/operator/operator.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('failures to create pods');

function replicaSet(conditionAt?: string, status = 'True'): ReplicaSet {
  const failed = {
    type: 'ReplicaFailure',
    status,
    message: 'from the condition',
    ...(conditionAt && { lastTransitionTime: conditionAt }),
  };
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'd', uid: 'd', controller: true }];
  return {
    metadata: { name: 'rs', uid: 'rs', ownerReferences },
    spec: { replicas: 2 },
    status: { conditions: conditionAt ? [failed] : [] },
  };
}

function failed(lastTimestamp: string, message = 'Error creating: from the event', uid = 'rs'): KubernetesEvent {
  return { involvedObject: { name: uid, uid }, reason: 'FailedCreate', message, lastTimestamp };
}

const EARLY = '2026-03-01T02:00:00Z';
const LATE = '2026-03-01T02:30:00Z';

const cases: [string, ReplicaSet, KubernetesEvent[], [string, string] | null][] = [
  ['neither', replicaSet(), [], null],
  ['only the condition', replicaSet(EARLY), [], ['from the condition', EARLY]],
  ['only an event', replicaSet(), [failed(LATE)], ['from the event', LATE]],
  ['a newer event wins', replicaSet(EARLY), [failed(LATE)], ['from the event', LATE]],
  ['an event of the same second wins', replicaSet(EARLY), [failed(EARLY)], ['from the event', EARLY]],
  ['an older event loses', replicaSet(LATE), [failed(EARLY)], ['from the condition', LATE]],
  ['a condition that is over loses', replicaSet(LATE, 'False'), [failed(EARLY)], ['from the event', EARLY]],
  ['a condition that is over says nothing', replicaSet(LATE, 'False'), [], null],
  [
    'a repeated event',
    replicaSet(),
    [failed(LATE, '(combined from similar events): Error creating: again')],
    ['again', LATE],
  ],
  ['events of another ReplicaSet', replicaSet(), [failed(LATE, 'x', 'other')], null],
];

for (const [name, object, events, expected] of cases) {
  test(name, () => {
    const failure = createFailure(object, events);
    assert.equal(failure && [failure.message, failure.time], expected);
  });
}

test('of several ReplicaSets the newest failure counts, of those that want pods', () => {
  const [first, second, idle] = ['a', 'b', 'c'].map((uid) => ({
    ...replicaSet(),
    metadata: { ...replicaSet().metadata, name: uid, uid },
  }));
  const replicaSets = [first, second, { ...idle, spec: { replicas: 0 } }] as ReplicaSet[];
  const operator = operatorOf({ deployment: { metadata: { uid: 'd' } }, replicaSets, pods: [] });
  const events = [failed(EARLY, 'one', 'a'), failed(LATE, 'two', 'b'), failed('2026-03-01T02:59:00Z', 'idle', 'c')];
  assert.is(newestCreateFailure(operator, events)?.message, 'two');
});

test.run();
