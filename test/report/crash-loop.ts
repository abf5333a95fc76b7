import type { View } from '../../src/report/view.ts';
import { healthyCluster, object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { evidence, finding, report } from '../helpers/view.ts';

const MESSAGE = '0/3 nodes are available: 1 node(s) were unschedulable.';

/** A pod in a crash loop, one that no node takes, and everything else that `describe` shows. */
export async function crashLoop(): Promise<View> {
  const changed = healthyCluster()
    .filter((one) => one.kind !== 'Pod')
    .map(withDetails);
  return {
    report: report({
      verdict: 'down',
      operator: { ...report().operator, ready: 0, running: 1, leader: null },
      causes: [
        finding({
          code: 'crash-api-unreachable',
          confidence: 'likely',
          title: 'virt-operator cannot reach the API server from node cp-0',
          object: { kind: 'Pod', namespace: 'kubevirt', name: 'virt-operator-1-a' },
        }),
      ],
    }),
    evidence: await evidence([...changed, crashing, pending, ...events]),
  };
}

const crashing = operatorPod('virt-operator-1-a', 'cp-0', 'kubevirt', {
  status: {
    phase: 'Running',
    conditions: [
      { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'containers with unready status' },
    ],
    containerStatuses: [
      {
        name: 'virt-operator',
        restartCount: 14,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } },
        lastState: {
          terminated: {
            exitCode: 1,
            reason: 'Error',
            finishedAt: '2026-03-01T02:58:00Z',
            message: 'Get "https://10.96.0.1:443/api": dial tcp 10.96.0.1:443: i/o timeout, password=hunter2',
          },
        },
      },
    ],
  },
});

const pending = operatorPod('virt-operator-1-b', '', 'kubevirt', {
  spec: {},
  status: {
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: MESSAGE }],
  },
});

const events = [
  event('a', crashing, {
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
    count: 31,
    minutesAgo: 1,
  }),
  event('b', crashing, { reason: 'Pulled', message: 'Container image already present', count: 1, minutesAgo: 40 }),
  event('c', crashing, { reason: 'Pulled', message: 'Container image already present', count: 1, minutesAgo: 30 }),
  event('d', pending, { reason: 'FailedScheduling', message: MESSAGE, count: 1, minutesAgo: 5 }),
  event('e', object('v1', 'Pod', { name: 'virt-api-0' }), {
    reason: 'Killing',
    message: 'not ours',
    count: 1,
    minutesAgo: 2,
  }),
];

interface Happening {
  reason: string;
  message: string;
  count: number;
  minutesAgo: number;
}

function event(name: string, about: TestObject, { reason, message, count, minutesAgo }: Happening): TestObject {
  const lastTimestamp = new Date(Date.parse('2026-03-01T03:00:00Z') - minutesAgo * 60_000).toISOString();
  const involvedObject = { kind: about.kind, namespace: 'kubevirt', name: about.metadata?.name };
  const type = reason === 'Pulled' ? 'Normal' : 'Warning';
  return object(
    'v1',
    'Event',
    { name, namespace: 'kubevirt' },
    { involvedObject, type, reason, message, count, lastTimestamp },
  );
}

function withDetails(one: TestObject): TestObject {
  const name = one.metadata?.name;
  const metadata = { ...one.metadata, creationTimestamp: '2026-02-27T22:00:00Z' };
  const failed = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota: compute' };
  if (one.kind === 'ReplicaSet') return { ...one, metadata, status: { replicas: 2, conditions: [failed] } };
  if (one.kind === 'Deployment') {
    const available = { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'too few' };
    return { ...one, metadata, status: { replicas: 2, unavailableReplicas: 2, conditions: [available] } };
  }
  if (name === 'cp-1') return { ...one, spec: { unschedulable: true } };
  const terminating = { ...metadata, deletionTimestamp: '2026-03-01T02:00:00Z' };
  const finalizing = { type: 'NamespaceFinalizersRemaining', status: 'True', reason: 'SomeFinalizersRemain' };
  return one.kind === 'Namespace' ? { ...one, metadata: terminating, status: { conditions: [finalizing] } } : one;
}
