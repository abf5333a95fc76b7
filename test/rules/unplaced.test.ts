import * as assert from 'uvu/assert';
import { operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, event, installed, patched, pendingPod, without } from './outage.ts';

const test = suite('pods that no scheduler places');
const NAMES = ['virt-operator-1-a', 'virt-operator-1-b'];
const noPods = without(installed(), 'Pod');
const pods = (spec: object, seen = false, message?: string) =>
  patched(
    NAMES.map((name) => pendingPod(name, message, seen)),
    'Pod',
    { spec },
  );
const down = (...causes: string[]) => ({ verdict: 'down', causes, findings: [] });

test('a scheduler that nobody runs', async () => {
  const { causes } = await diagnosisOf([...noPods, ...pods({ schedulerName: 'nope' })]);
  assert.equal(
    causes.map(({ code, title, confidence }) => [code, title, confidence]),
    [
      [
        'unknown-scheduler-name',
        "virt-operator's pods wait for a scheduler called nope, and none has looked at them",
        'certain',
      ],
    ],
  );
  assert.match(causes[0]?.mitigation?.command ?? '', 'default-scheduler');
});

test('a scheduler of that name that has looked at them is at work', async () => {
  assert.equal(await answer([...noPods, ...pods({ schedulerName: 'mine' }, true)]), down());
});

test('pods that are a moment old may only be waiting for their turn', async () => {
  const young = patched(pods({ schedulerName: 'nope' }), 'Pod', {
    metadata: { creationTimestamp: '2026-03-01T02:59:50Z' },
  });
  assert.equal(await answer([...noPods, ...young]), down('unknown-scheduler-name possible'));
});

test('pods that are gated, whether or not a scheduler has said so', async () => {
  const gates = { schedulingGates: [{ name: 'kueue.x-k8s.io/admission' }] };
  assert.equal(await answer([...noPods, ...pods(gates)]), down('scheduling-gated certain'));
  const { causes } = await diagnosisOf([...noPods, ...pods(gates, true)]);
  assert.match(causes[0]?.title ?? '', 'held back by scheduling gate kueue.x-k8s.io/admission');
});

const ERRORS = [
  'Post "http://10.96.4.4:8888/filter": dial tcp 10.96.4.4:8888: connect: connection refused',
  'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
  'binding rejected: Operation cannot be fulfilled on pods/binding "virt-operator-1-a"',
];
for (const message of ERRORS) {
  test(`an error of the scheduler itself: ${message}`, async () => {
    const failed = NAMES.map((name) => pendingPod(name)).map((pod) => ({
      ...pod,
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulerError', message }],
      },
    }));
    const { causes } = await diagnosisOf([...noPods, ...failed]);
    assert.equal(
      causes.map(({ code, evidence }) => [code, evidence[0]?.text]),
      [['scheduler-error', message]],
    );
  });
}

/** Kubernetes 1.25 to 1.36. */
const VOLUME_WORDS = [
  '0/3 nodes are available: persistentvolumeclaim "dumps" not found. not found',
  '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3 nodes are available',
  "0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind.",
  '0/3 nodes are available: 3 node(s) had volume node affinity conflict.',
  "0/3 nodes are available: 3 node(s) didn't match PersistentVolume's node affinity.",
  '0/3 nodes are available: 3 node(s) exceed max volume count.',
  '0/3 nodes are available: 3 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s).',
  '0/3 nodes are available: persistentvolumeclaim "dumps" is being deleted. not found',
  '0/3 nodes are available: 1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode already in-use.',
  '0/3 nodes are available: 3 node(s) had no available volume zone.',
  '0/3 nodes are available: 3 node(s) did not have enough free storage.',
];
const volumes = [{ name: 'dumps', persistentVolumeClaim: { claimName: 'dumps' } }];
for (const message of VOLUME_WORDS) {
  test(`a volume: ${message}`, async () => {
    assert.equal(await answer([...noPods, ...pods({ volumes }, true, message)]), down('volume-binding likely'));
  });
}

test('words about a volume say nothing of a pod that has no claim, or whose newest words are others', async () => {
  assert.equal(await answer([...noPods, ...pods({}, true, VOLUME_WORDS[0])]), down());
  assert.equal(
    await answer([...noPods, ...pods({ volumes }, true, '0/3 nodes are available: 3 node(s) were unschedulable.')]),
    down('scheduler-behind likely'),
  );
});

const preempted = (time: string, name = 'virt-operator-1-old'): TestObject =>
  event('e', 'Pod', name, {
    reason: 'Preempted',
    message: 'Preempted by pod 0b7c6c4e-1111-2222-3333-444455556666 on node cp-0',
    time,
  });
const cordoned = patched([...noPods, ...pods({}, true)], 'Node', { spec: { unschedulable: true } });
const codes = async (...more: TestObject[]) => {
  const { causes, findings } = await diagnosisOf([...cordoned, ...more]);
  return [...causes, ...findings].map(({ code }) => code);
};

test('a pod that was pushed out is told beside what keeps its replacement waiting', async () => {
  assert.equal(await codes(preempted('2026-03-01T02:55:00Z')), ['cordoned', 'preempted']);
});

test('a push long ago, or of a stranger, is none of today', async () => {
  assert.equal(await codes(preempted('2026-03-01T02:10:00Z')), ['cordoned']);
  assert.equal(await codes(preempted('2026-03-01T02:55:00Z', 'virt-api-77-x')), ['cordoned']);
});

test('a pod that is just being pushed out', async () => {
  const conditions = [
    { type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler', message: 'preempting' },
  ];
  const [leaving] = patched(
    [operatorPod('virt-operator-1-old', 'cp-0', 'kubevirt', { status: { conditions } })],
    'Pod',
    {
      metadata: { deletionTimestamp: '2026-03-01T03:00:10Z' },
    },
  );
  assert.equal(await codes(leaving as TestObject), ['cordoned', 'preempted']);
});

test.run();
