import * as assert from 'uvu/assert';
import { operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { failedPod, onBoth } from './nodes.ts';
import { answer, diagnosisOf, event, installed, patched, unreadyPod, without } from './outage.ts';

const test = suite('pods that are ended again and again');
const NEW = '2026-03-01T02:59:55Z';
const taint = (key: string, effect = 'NoExecute') => ({ spec: { taints: [{ key, effect }] } });
/** The objects with this in the operator's template. */
const asking = (objects: TestObject[], spec: object) =>
  ['Deployment', 'ReplicaSet'].reduce((all, kind) => patched(all, kind, { spec: { template: { spec } } }), objects);
const tolerating = (...tolerations: object[]) => asking(installed(), { tolerations });
const forSeconds = (tolerationSeconds?: number) => ({ key: 'm', operator: 'Exists', tolerationSeconds });
const codes = async (objects: TestObject[]) => {
  const { verdict, causes, findings } = await diagnosisOf(objects);
  return [verdict, causes.map(({ code }) => code).join(), findings.map(({ code }) => code).join()];
};
/** Two pods that were made just now and do not run yet. */
const starting = (objects: TestObject[]) => [
  ...without(objects, 'Pod'),
  ...['a', 'b'].map((name, index) => {
    const pod = unreadyPod(
      `virt-operator-1-${name}`,
      { state: { waiting: { reason: 'ContainerCreating' } } },
      `cp-${index}`,
    );
    return { ...pod, metadata: { ...pod.metadata, creationTimestamp: NEW } };
  }),
];
const tainted = onBoth(tolerating(forSeconds(8)), taint('m'));

test('a NoExecute taint that the template tolerates for seconds ends the pods again and again', async () => {
  assert.equal(await codes(starting(tainted)), ['down', 'taint-tolerated-briefly', '']);
  const { causes } = await diagnosisOf(starting(tainted));
  assert.is(
    causes[0]?.title,
    'operator pods are deleted 8s after each start: taint m:NoExecute of nodes cp-0, cp-1 is tolerated for no longer',
  );
  assert.is(causes[0]?.mitigation?.command, 'kubectl taint node cp-0 cp-1 m:NoExecute-');
});

test('pods that are Ready at the moment are not healthy where such a taint waits for them', async () => {
  assert.equal(await codes(tainted), ['degraded', 'taint-tolerated-briefly', '']);
});

for (const [what, tolerations, verdict] of [
  ['for ever', [forSeconds()], 'healthy'],
  ['for an hour', [forSeconds(3600)], 'healthy'],
  ['for ever by the first that fits, whatever a later one says', [forSeconds(), forSeconds(5)], 'healthy'],
  ['for seconds by the first that fits', [forSeconds(5), forSeconds()], 'degraded'],
] as const) {
  test(`a NoExecute taint that is tolerated ${what}: ${verdict}`, async () => {
    const [said] = await codes(onBoth(tolerating(...tolerations), taint('m')));
    assert.is(said, verdict);
  });
}

test('a taint of one node accounts for the pod there, and not for the other', async () => {
  const one = patched(starting(tolerating(forSeconds(8))), 'Node/cp-1', taint('m'));
  const { causes } = await diagnosisOf([
    ...without(one, 'Pod/virt-operator-1-a'),
    operatorPod('virt-operator-1-a', 'cp-0'),
  ]);
  assert.equal(
    causes.map(({ code }) => code),
    ['taint-tolerated-briefly'],
  );
});

test('a template that binds the pods to a node whose NoExecute taint they do not tolerate: take the node out of it', async () => {
  const bound = asking(installed(), { nodeName: 'cp-0' });
  const { causes } = await diagnosisOf(starting(patched(bound, 'Node/cp-0', taint('m'))));
  assert.is(causes[0]?.code, 'taint-tolerated-briefly');
  assert.match(causes[0]?.mitigation?.command ?? '', '"path":"/spec/template/spec/nodeName"');
});

test('a template that binds the pods to a node with a NoSchedule taint: they stay', async () => {
  const [verdict] = await codes(
    patched(asking(installed(), { nodeName: 'cp-0' }), 'Node/cp-0', taint('m', 'NoSchedule')),
  );
  assert.is(verdict, 'healthy');
});

test('a deadline of seconds on pods ends them again and again; one of a day does not matter', async () => {
  const hurried = (seconds: number) => patched(installed(), 'Pod', { spec: { activeDeadlineSeconds: seconds } });
  assert.equal(await codes(hurried(20)), ['degraded', 'active-deadline', '']);
  assert.equal(await codes(hurried(86_400)), ['healthy', '', '']);
  const failed = failedPod('virt-operator-1-old', { reason: 'DeadlineExceeded', message: 'too long' });
  const { causes } = await diagnosisOf([
    ...patched(starting(installed()), 'Pod', { spec: { activeDeadlineSeconds: 20 } }),
    failed,
  ]);
  assert.is(causes[0]?.code, 'active-deadline');
  assert.ok(causes[0]?.evidence.some(({ text }) => text === 'DeadlineExceeded: too long'));
});

test('a container that cannot start is told before what ends its pod', async () => {
  const pulling = patched(tainted, 'Pod', {});
  const pods = ['a', 'b'].map((name, index) =>
    unreadyPod(
      `virt-operator-1-${name}`,
      { state: { waiting: { reason: 'ImagePullBackOff', message: 'no basic auth credentials' } } },
      `cp-${index}`,
    ),
  );
  const { causes, findings } = await diagnosisOf([...without(pulling, 'Pod'), ...pods]);
  assert.match(causes[0]?.code ?? '', /^image-/);
  assert.ok(findings.some(({ code, next }) => code === 'taint-tolerated-briefly' && next));
});

/** So many pods that are gone, one every so many seconds, the last of them just now. */
function gone(count: number, apart: number, reason: string, message: string, ago = 5): TestObject[] {
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(Date.parse('2026-03-01T03:00:00Z') - (ago + index * apart) * 1000).toISOString();
    return event(`g${index}`, 'Pod', `virt-operator-1-g${index}`, { uid: `g${index}`, reason, message, time });
  });
}

for (const [reason, message, words] of [
  ['TaintManagerEviction', 'Marking for deletion Pod kubevirt/x', 'for a NoExecute taint'],
  ['EvictedByVPA', 'Pod was evicted by VPA Updater to apply resource recommendation.', 'VerticalPodAutoscaler'],
  ['Preempted', 'Preempted by pod x on node cp-0', 'pods of higher priority'],
  ['Evicted', 'The node was low on resource: memory.', 'kubelets'],
  ['Killing', 'Stopping container virt-operator', 'somebody or something deletes them'],
] as const) {
  test(`pods that are replaced at each look, with ${reason}, are not just starting`, async () => {
    const { causes } = await diagnosisOf([...starting(installed()), ...gone(8, 20, reason, message)]);
    assert.is(causes[0]?.code, 'pod-churn');
    assert.match(causes[0]?.title ?? '', words);
  });
}

test('the descheduler, and a ReplicaSet whose replicas change, are named by their events', async () => {
  const words = 'pod evicted from cp-0 node by sigs.k8s.io/descheduler';
  const descheduled = gone(8, 20, 'LowNodeUtilization', words).flatMap((one) =>
    patched([one], 'Event', { action: 'Descheduled' }),
  );
  const first = await diagnosisOf([...starting(installed()), ...descheduled]);
  assert.match(first.causes[0]?.title ?? '', 'the descheduler evicts them');
  const scaled = gone(8, 20, 'Killing', 'Stopping container virt-operator').map((_, index) =>
    event(`s${index}`, 'ReplicaSet', 'virt-operator-1', {
      uid: 'r',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: virt-operator-1-g${index}`,
      time: NEW,
    }),
  );
  const killed = gone(8, 20, 'Killing', 'Stopping container virt-operator');
  const second = await diagnosisOf([...starting(installed()), ...killed, ...scaled]);
  assert.match(second.causes[0]?.title ?? '', 'their own ReplicaSet deletes them');
});

test('events of pods of another ReplicaSet, of long ago, or of one restart say nothing', async () => {
  const none = { verdict: 'down', causes: [], findings: [] };
  const killing = (count: number, apart: number, ago?: number) =>
    gone(count, apart, 'Killing', 'Stopping container', ago);
  assert.equal(await answer([...starting(installed()), ...killing(2, 20)]), none);
  assert.equal(await answer([...starting(installed()), ...killing(8, 20, 1000)]), none);
  assert.equal(await answer([...starting(installed()), ...killing(4, 1)]), none);
  const others = killing(8, 20).map(
    (one) => patched([one], 'Event', { involvedObject: { name: 'virt-operator-2-x' } })[0] ?? one,
  );
  assert.equal(
    await answer([
      ...starting(installed()),
      ...others.map((one, index) => ({ ...one, metadata: { ...one.metadata, name: `o${index}` } })),
    ]),
    none,
  );
});

test('who restarts pods by hand to end another outage is not its cause', async () => {
  const restarted = gone(4, 60, 'Killing', 'Stopping container virt-operator', 50);
  const fresh = patched(installed(), 'Pod', { metadata: { creationTimestamp: '2026-03-01T02:59:10Z' } });
  const unbound = without(fresh, 'ClusterRoleBinding/kubevirt-operator');
  const stale = patched(unbound, 'Lease/virt-operator', { spec: { renewTime: '2026-03-01T02:40:00.000000Z' } });
  const { causes } = await diagnosisOf([...stale, ...restarted]);
  assert.is(causes[0]?.code, 'crash-rbac');
  assert.equal(await codes([...starting(installed()), ...restarted]), ['down', 'pod-churn', '']);
});

test('pods that live longer than those before them did are not replaced any more', async () => {
  const old = patched(installed(), 'Pod', { metadata: { creationTimestamp: '2026-03-01T02:55:00Z' } });
  assert.equal(await codes([...old, ...gone(8, 20, 'Killing', 'Stopping container', 301)]), ['healthy', '', '']);
});

test('pods that their kubelets evict again and again: the nodes they were on', async () => {
  const evicted = Array.from({ length: 6 }, (_, index) => {
    const time = new Date(Date.parse(NEW) - index * 60_000).toISOString();
    const pod = failedPod(
      `virt-operator-1-e${index}`,
      { reason: 'Evicted', message: 'low on memory', at: time },
      'cp-1',
    );
    return patched([pod], 'Pod', {
      status: {
        conditions: [
          { type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', lastTransitionTime: time },
        ],
      },
    })[0] as TestObject;
  });
  const { causes } = await diagnosisOf([...starting(installed()), ...evicted]);
  assert.equal([causes[0]?.code, causes[0]?.mitigation?.command], ['pod-churn', 'kubectl describe node cp-1']);
});

test('pods that crash are told as that, and what replaces them beside it', async () => {
  const crashing = ['a', 'b'].map((name) =>
    unreadyPod(`virt-operator-1-${name}`, {
      restartCount: 5,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: NEW } },
    }),
  );
  const { causes, findings } = await diagnosisOf([
    ...without(installed(), 'Pod'),
    ...crashing,
    ...gone(8, 20, 'Killing', 'Stopping container'),
  ]);
  assert.is(causes[0]?.code, 'crash-unexplained');
  assert.ok(findings.some(({ code }) => code === 'pod-churn'));
});

test.run();
