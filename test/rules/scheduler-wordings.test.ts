import * as assert from 'uvu/assert';
import { node, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { onBoth, otherPod, saying, tainted, waiting } from './nodes.ts';
import { answer, diagnosisOf, event, installed, patched, pendingPod, without } from './outage.ts';

const test = suite('every wording of a scheduler');
const noPods = without(installed(), 'Pod');
const NAMES = ['virt-operator-1-a', 'virt-operator-1-b'];
const down = (...causes: string[]) => ({ verdict: 'down', causes, findings: [] });

/** What a scheduler says of nodes (Kubernetes 1.25 to 1.36 pkg/scheduler/framework), old forms of the whole beside new ones. */
const SAYS = [
  'no nodes available to schedule pods',
  "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 node(s) were unschedulable. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
  '0/3 nodes are available: 3 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling..',
  '0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: infra}, 2 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }.',
  '0/3 nodes are available: 3 node(s) had untolerated taint(s). still not schedulable, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
  "0/3 nodes are available: 3 node(s) didn't match the requested node name.",
  '0/3 nodes are available: pod affinity terms conflict.',
  '0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
  '0/3 nodes are available: 3 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.',
  '0/3 nodes are available: 3 Insufficient ephemeral-storage. preemption: not eligible due to a terminating pod on the nominated node.',
  '0/3 nodes are available: 3 Too many pods.',
  "0/3 nodes are available: 3 node(s) didn't have free ports for the requested pod ports.",
  "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
  "0/3 nodes are available: 3 node(s) didn't satisfy existing pods anti-affinity rules.",
  "0/3 nodes are available: 3 node(s) didn't match pod affinity rules.",
  "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.",
  "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints (missing required label).",
  '0/3 nodes are available: 3 node(s) had volume node affinity conflict.',
  '',
];

const TAINT = { spec: { taints: [{ key: 'dedicated', value: 'infra', effect: 'NoSchedule' }] } };
const ASKS = { spec: { containers: [{ name: 'virt-operator', resources: { requests: { memory: '450Mi' } } }] } };
const few = (resources: object) => ({
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...resources } },
});

/** What nodes are, and the cause that follows from it. */
const NODES: Record<string, (objects: TestObject[]) => TestObject[]> = {
  'no-nodes': (objects) => without(objects, 'Node'),
  'no-control-plane-node': (objects) => [...without(objects, 'Node'), node('worker-0', {}), node('worker-1', {})],
  cordoned: (objects) => onBoth(objects, { spec: { unschedulable: true } }),
  'taint-untolerated-custom': (objects) => onBoth(objects, TAINT),
  'node-pressure': (objects) =>
    onBoth(onBoth(objects, tainted('disk-pressure')), saying('DiskPressure', 'True', 'KubeletHasDiskPressure')),
  'insufficient-memory': (objects) => onBoth(patched(objects, 'Pod', ASKS), few({ memory: '256Mi' })),
};

for (const [code, made] of Object.entries(NODES)) {
  test(`${code}: what the nodes are beats every text`, async () => {
    for (const message of SAYS) {
      const { causes } = await diagnosisOf(made(waiting(message)));
      assert.equal(
        causes.map((cause) => [cause.code, cause.confidence]),
        [[code, 'certain']],
        message,
      );
    }
  });
}

/** Only words about other pods make the tool read those. */
const OF_PODS = /^(?!.*volume).*(?:Insufficient|Too many|ports|affinity rules|constraints)/;

test('too-many-pods: the pods on the nodes are read for every text about other pods, and beat it', async () => {
  const others = [otherPod('x', 'cp-0'), otherPod('y', 'cp-1')];
  for (const message of SAYS.filter((one) => OF_PODS.test(one))) {
    const { causes } = await diagnosisOf([...onBoth(waiting(message), few({ pods: '1' })), ...others]);
    assert.equal(
      causes.map((cause) => [cause.code, cause.confidence]),
      [['too-many-pods', 'certain']],
      message,
    );
  }
});

test('no text makes a cause of nodes that would take the pods by now, other than that they would', async () => {
  for (const message of SAYS) {
    const { causes, findings } = await diagnosisOf(waiting(message));
    const codes = [...causes, ...findings].map(({ code }) => code);
    assert.ok(
      codes.every((code) => code === 'scheduler-behind'),
      `${codes} for ${message}`,
    );
  }
});

/** A pod that no scheduler takes up, for this reason and in these words. */
const held = (reason: string, message: string, spec: object = {}) =>
  patched(
    NAMES.map((name) => pendingPod(name)),
    'Pod',
    { spec, status: { conditions: [{ type: 'PodScheduled', status: 'False', reason, message }] } },
  );

test('scheduling-gated: in each wording', async () => {
  for (const message of [
    'Scheduling is blocked due to non-empty scheduling gates',
    'waiting for scheduling gates: [kueue.x-k8s.io/admission]',
  ]) {
    const spec = { schedulingGates: [{ name: 'kueue.x-k8s.io/admission' }] };
    const { causes } = await diagnosisOf([...noPods, ...held('SchedulingGated', message, spec)]);
    assert.equal([causes.length, causes[0]?.code, causes[0]?.confidence], [1, 'scheduling-gated', 'certain'], message);
    assert.match(causes[0]?.evidence[0]?.text ?? '', message);
  }
});

test('scheduler-error: the reason decides, in each wording', async () => {
  for (const message of [
    'Post "http://10.96.4.4:8888/filter": dial tcp 10.96.4.4:8888: connect: connection refused',
    'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
    'binding rejected: Operation cannot be fulfilled on pods/binding "virt-operator-1-a"',
    'Operation cannot be fulfilled on pods "virt-operator-1-a": the object has been modified',
    'Insufficient memory',
  ]) {
    assert.equal(
      await answer([...noPods, ...held('SchedulerError', message)]),
      down('scheduler-error certain'),
      message,
    );
  }
});

test('words about a pod that is leaving are no error of the scheduler', async () => {
  const message = 'skip schedule deleting pod: kubevirt/virt-operator-1-a';
  const time = '2026-03-01T02:59:00Z';
  const skipped = event('e', 'Pod', 'virt-operator-1-a', { reason: 'FailedScheduling', message, time });
  assert.equal(await answer([...installed(), skipped]), { verdict: 'healthy', causes: [], findings: [] });
  assert.equal(await answer([...noPods, skipped]), down());
});

test('preempted: in each wording, of the event and of the condition', async () => {
  const time = '2026-03-01T02:55:00Z';
  const told = (message: string) => event('e', 'Pod', 'virt-operator-1-old', { reason: 'Preempted', message, time });
  for (const message of [
    'Preempted by pod 0b7c6c4e-1111-2222-3333-444455556666 on node cp-0',
    'Preempted by a pod on node cp-0',
    'Preempted by kube-system/coredns on node cp-0',
  ]) {
    const { findings } = await diagnosisOf([...noPods, told(message)]);
    assert.equal(
      findings.map(({ code, evidence }) => [code, evidence[0]?.text]),
      [['preempted', message]],
    );
  }
  const message = 'default-scheduler: preempting to accommodate a higher priority pod';
  const conditions = [{ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler', message }];
  const leaving = patched([pendingPod('virt-operator-1-old')], 'Pod', {
    metadata: { deletionTimestamp: time },
    spec: { nodeName: 'cp-0' },
    status: { conditions },
  });
  const { findings } = await diagnosisOf([...noPods, ...leaving]);
  assert.equal(
    findings.map(({ code, evidence }) => [code, evidence[0]?.text]),
    [['preempted', message]],
  );
});

test.run();
