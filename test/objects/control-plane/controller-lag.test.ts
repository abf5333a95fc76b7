import * as assert from 'uvu/assert';
import type { Deployment, KubernetesEvent, ReplicaSet } from '../../../src/model/kubernetes.ts';
import { controllerLag } from '../../../src/objects/control-plane/controller-lag.ts';
import { operatorOf } from '../../../src/objects/operator/operator.ts';
import { READ_AT } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('controller lag');
const OLD = '2026-03-01T02:00:00Z';
const JUST_NOW = '2026-03-01T02:59:45Z';
const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'd', uid: 'd', controller: true }];

function deployment(generation: number, observedGeneration: number | null, changedAt = OLD): Deployment {
  const managedFields = [
    { manager: 'kubectl', time: changedAt },
    { manager: 'kube-controller-manager', subresource: 'status', time: JUST_NOW },
  ];
  return {
    metadata: { uid: 'd', generation, creationTimestamp: OLD, managedFields },
    spec: { replicas: 2 },
    status: { observedGeneration },
  };
}

const replicaSet = (counted: number): ReplicaSet => ({
  metadata: { name: 'rs', uid: 'rs', ownerReferences },
  spec: { replicas: 2 },
  status: { replicas: counted },
});

function lagOf(
  one: Deployment,
  sets: ReplicaSet[],
  events: KubernetesEvent[] = [],
  aliveUntil: string | null = null,
): string[] {
  const operator = operatorOf({ deployment: one, replicaSets: sets, pods: [] });
  return controllerLag(operator, { events, readAt: READ_AT, aliveUntil });
}

const UNSEEN = 'the Deployment is at generation 3, its controller has seen 2';
const MISCOUNTED = 'ReplicaSet rs still counts 2 pods, of which some are gone';

test('nothing is left undone', () => assert.equal(lagOf(deployment(3, 3), [replicaSet(0)]), []));

test('a spec that was not seen for long', () => {
  assert.equal(lagOf(deployment(3, 2), [replicaSet(0)]), [UNSEEN]);
  assert.equal(lagOf(deployment(3, 2, JUST_NOW), [replicaSet(0)]), [], 'it may still be about to');
  assert.equal(lagOf(deployment(1, null), []), ['the Deployment is at generation 1, its controller has seen 0']);
});

test('a ReplicaSet that counts pods that are gone', () => {
  assert.equal(lagOf(deployment(3, 3), [replicaSet(2)]), [MISCOUNTED]);
  assert.equal(lagOf(deployment(3, 2), [replicaSet(2)]), [UNSEEN, MISCOUNTED]);
});

test('a failure reported after the last renewal proves it at work, one from before does not', () => {
  const failed = (lastTimestamp: string) => [
    { involvedObject: { name: 'rs', uid: 'rs' }, reason: 'FailedCreate', lastTimestamp },
  ];
  assert.equal(lagOf(deployment(3, 3), [replicaSet(2)], failed('2026-03-01T02:59:00Z'), '2026-03-01T02:58:00Z'), []);
  assert.equal(lagOf(deployment(3, 3), [replicaSet(2)], failed('2026-03-01T02:57:00Z'), '2026-03-01T02:58:00Z'), [
    MISCOUNTED,
  ]);
  assert.equal(
    lagOf(deployment(3, 3), [replicaSet(2)], failed('2026-03-01T02:57:00Z')),
    [],
    'without a lease to compare with',
  );
});

test.run();
