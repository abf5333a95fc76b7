import * as assert from 'uvu/assert';
import { operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, crashingPod, diagnosisOf, event, installed, patched, unreadyPod, without } from './outage.ts';

const test = suite('rules for containers that run or ran');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';
const TIME = '2026-03-01T02:58:00Z';

interface Told {
  causes: string[];
  findings: string[];
  titles: string[];
}

async function told(...objects: TestObject[]): Promise<Told> {
  const { causes, findings } = await diagnosisOf([...noPods, ...objects]);
  const short = (some: typeof causes) =>
    some.map(({ code, confidence, consequences }) => [code, confidence, ...consequences].join(' '));
  return { causes: short(causes), findings: short(findings), titles: causes.map(({ title }) => title) };
}

const probe = (name: string, reason: string, message: string, time = TIME) =>
  event(name, 'Pod', POD, { reason, message, time });
const KILLED = probe('k', 'Killing', 'Container virt-operator failed liveness probe, will be restarted');
const TIMEOUT =
  'probe failed: Get "https://10.0.0.1:8443/metrics": context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
const REFUSED =
  'probe failed: Get "https://10.0.0.1:8443/metrics": dial tcp 10.0.0.1:8443: connect: connection refused';

const crashed: [terminated: object, cause: string, title: string][] = [
  [
    { exitCode: 2, message: 'panic: unreachable\n\ngoroutine 1 [running]:\nkubevirt.io/kubevirt/pkg/x.Y()' },
    'crash-panic likely',
    'virt-operator crashes: panic: unreachable',
  ],
  [{ exitCode: 139 }, 'crash-panic likely', 'virt-operator crashes with exit code 139'],
  [
    { message: 'failed to renew lease kubevirt/virt-operator: timed out\nleaderelection lost' },
    'leader-election-lost likely',
    'virt-operator could not renew its lease in time, and ended itself',
  ],
  [
    { message: "cannot find virt-operator's image" },
    'missing-image-env certain',
    'virt-operator ends at start: variable VIRT_OPERATOR_IMAGE is missing',
  ],
  [
    { exitCode: 2, message: 'unknown flag: --new' },
    'startup-misc-fatal likely',
    'virt-operator ends at start: it does not know one of its arguments, which belong to another version',
  ],
  [
    { message: 'failed to determine namespace from /var/run/secrets' },
    'startup-misc-fatal likely',
    'virt-operator ends at start: no ServiceAccount token is mounted into its pod',
  ],
  [
    { exitCode: 0, reason: 'Completed', message: 'Reinitialize virt-operator, ServiceMonitor has been introduced' },
    'exit0-restart likely',
    'virt-operator ended itself without an error, and waits to be started again',
  ],
  [
    { exitCode: 0, reason: 'Completed' },
    'exit0-restart possible',
    'virt-operator ended itself without an error, and waits to be started again',
  ],
  [
    { exitCode: 137 },
    'exit-137-kill possible',
    'container virt-operator was killed on node cp-0, and nothing says by whom',
  ],
  [
    { exitCode: 137, reason: 'ContainerStatusUnknown' },
    'crash-unexplained possible',
    'container virt-operator does not stay up: exit code 137 (ContainerStatusUnknown), 9 restarts',
  ],
  [
    { exitCode: 137, reason: 'OOMKilled' },
    'oom-node likely',
    'container virt-operator is killed because memory runs out on node cp-0',
  ],
];

for (const [terminated, cause, title] of crashed) {
  test(`${cause} from ${JSON.stringify(terminated)}`, async () => {
    assert.equal(await told(crashingPod(POD, terminated)), { causes: [cause], findings: [], titles: [title] });
  });
}

test('a node under memory pressure makes it certain', async () => {
  const conditions = [
    { type: 'Ready', status: 'True' },
    { type: 'MemoryPressure', status: 'True', message: 'kubelet has insufficient memory available' },
  ];
  const cluster = patched(noPods, 'Node/cp-0', { status: { conditions } });
  const { causes } = await diagnosisOf([...cluster, crashingPod(POD, { exitCode: 137, reason: 'OOMKilled' })]);
  assert.ok(causes.some(({ code, confidence }) => code === 'oom-node' && confidence === 'certain'));
});

test('asked to end is a finding; that it does not stay up is the cause', async () => {
  const { causes, findings } = await told(crashingPod(POD, { exitCode: 143 }));
  assert.equal([causes, findings], [['crash-unexplained possible'], ['exit-143-term certain']]);
});

test("a container that ended for its liveness probe's sake, whatever it ended with", async () => {
  const words = probe('u', 'Unhealthy', `Liveness ${REFUSED}`);
  for (const exitCode of [0, 2, 137, 143]) {
    const { causes, titles } = await told(crashingPod(POD, { exitCode }), KILLED, words);
    assert.equal(causes, ['liveness-failing likely'], `${exitCode}`);
    assert.equal(titles, ['the kubelet kills container virt-operator: its liveness probe fails']);
  }
  const own = await told(crashingPod(POD, { message: 'leaderelection lost' }), KILLED, words);
  assert.equal(own.causes, ['leader-election-lost likely']);
  const panic = await told(crashingPod(POD, { exitCode: 2, message: 'panic: x' }), KILLED, words);
  assert.equal(panic.causes, ['crash-panic likely']);
});

test('probes that time out point at the processor', async () => {
  const words = probe('u', 'Unhealthy', `Liveness ${TIMEOUT}`);
  const { causes, findings, titles } = await told(crashingPod(POD, { exitCode: 137 }), KILLED, words);
  assert.equal([causes, findings], [['liveness-failing likely'], ['cpu-starved possible']]);
  assert.equal(titles, ['the kubelet kills container virt-operator: it does not answer in time']);
});

const STARTED = '2026-03-01T02:50:00Z';
const running = (startedAt = STARTED, more: object = {}) =>
  unreadyPod(POD, { restartCount: 0, started: true, state: { running: { startedAt } }, ...more });

test('a container that runs and is not ready', async () => {
  const cases: [words: string, cause: string, title: string][] = [
    [`Readiness ${REFUSED}`, 'readiness-failing likely', 'virt-operator runs, but is not ready'],
    [
      `Readiness ${TIMEOUT}`,
      'readiness-failing likely',
      'virt-operator runs, but does not answer its readiness probe in time',
    ],
    [
      'Readiness probe failed: HTTP probe failed with statuscode: 500',
      'readiness-failing likely',
      'virt-operator runs, but is not ready',
    ],
    ['Readiness probe errored and resulted in unknown state: x', 'readiness-failing likely', ''],
    ['Readiness probe errored: x', 'readiness-failing likely', ''],
  ];
  for (const [words, cause, title] of cases) {
    for (const reason of ['Unhealthy', 'ProbeError']) {
      const { causes, titles } = await told(running(), probe('u', reason, words));
      assert.equal(causes, [cause]);
      if (title) assert.equal(titles, [title]);
    }
  }
  assert.equal((await told(running())).causes, ['readiness-failing possible']);
});

test('a container that has just started gets its time, and old words are not about it', async () => {
  const words = probe('u', 'Unhealthy', `Readiness ${REFUSED}`);
  assert.equal((await told(running('2026-03-01T02:59:40Z'), words)).causes, []);
});

test('a startup probe that fails, before and after the kill', async () => {
  const spec = { spec: { containers: [{ name: 'virt-operator', startupProbe: { failureThreshold: 3 } }] } };
  const words = probe('u', 'Unhealthy', `Startup ${REFUSED}`);
  const waiting = patched([running(STARTED, { started: false })], 'Pod', spec);
  assert.equal((await told(...waiting, words)).causes, ['startup-probe-failing likely']);
  const kill = probe('k', 'Killing', 'Container virt-operator failed startup probe, will be restarted');
  const killed = patched([crashingPod(POD, { exitCode: 137 })], 'Pod', spec);
  assert.equal((await told(...killed, words, kill)).causes, ['startup-probe-failing likely']);
});

test('a readiness gate that nobody opens', async () => {
  const message = 'corresponding condition of pod readiness gate "x.example/ready" does not exist.';
  const pod = patched([running(STARTED, { ready: true })], 'Pod', {
    status: { conditions: [{ type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message }] },
  });
  assert.equal(await told(...pod), {
    causes: ['readiness-gate certain'],
    findings: [],
    titles: ['virt-operator waits for readiness gate x.example/ready'],
  });
});

test("a container that is not KubeVirt's", async () => {
  const own = { name: 'virt-operator', ready: true, state: { running: { startedAt: STARTED } } };
  const proxy = { name: 'istio-proxy', ready: false };
  const ended = { exitCode: 1, reason: 'Error', finishedAt: TIME };
  const states = [{ state: { running: { startedAt: STARTED } } }, { lastState: { terminated: ended } }];
  for (const state of states) {
    const containerStatuses = [{ ...proxy, ...state }, own];
    const pod = patched([running()], 'Pod', { status: { containerStatuses } });
    assert.equal(await told(...pod), {
      causes: ['sidecar-not-ready certain'],
      findings: [],
      titles: ["container istio-proxy, which is not KubeVirt's, is not ready"],
    });
  }
});

/** Two Ready pods whose operators started and became Ready at these times. */
function idle(startedAt: string, readySince: string): TestObject[] {
  return ['c', 'd'].map((name, index) =>
    operatorPod(`virt-operator-1-${name}`, `cp-${index}`, 'kubevirt', {
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: readySince }],
        containerStatuses: [{ name: 'virt-operator', ready: true, state: { running: { startedAt } } }],
      },
    }),
  );
}

test('Ready pods that never asked for the lease are a possible reason beside the lease that nobody holds', async () => {
  const unheld = without(noPods, 'Lease/virt-operator');
  const asked = (...pods: TestObject[]) => answer([...unheld, ...pods]);
  const leaderless = { verdict: 'down', causes: ['no-leader certain'] };
  assert.equal(await asked(...idle('2026-03-01T02:40:00Z', '2026-03-01T02:40:10Z')), {
    ...leaderless,
    findings: ['informers-never-sync possible'],
  });
  // Pods that have just become Ready may be about to lead.
  assert.equal(await asked(...idle('2026-03-01T02:59:20Z', '2026-03-01T02:59:30Z')), {
    verdict: 'down',
    causes: ['no-leader possible'],
    findings: [],
  });
});

test('Ready pods one of which led before have lost the lease', async () => {
  const stale = patched(noPods, 'Lease/virt-operator', { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } });
  const { causes } = await diagnosisOf([...stale, ...idle('2026-03-01T02:40:00Z', '2026-03-01T02:40:10Z')]);
  assert.equal(
    causes.map(({ code }) => code),
    ['no-leader'],
  );
});

const made = (creationTimestamp: string, available: string) =>
  patched(installed(), 'Deployment', {
    metadata: { creationTimestamp },
    status: { conditions: [{ type: 'Available', status: 'True', lastTransitionTime: available }] },
  });

test('an operator that came back some minutes ago, and not one that was installed or always there', async () => {
  const found = async (...times: [string, string]) =>
    ((await answer(made(...times))) as { findings: string[] }).findings;
  assert.equal(await found('2026-02-01T00:00:00Z', '2026-03-01T02:55:00Z'), ['alert-not-yet-resolved certain']);
  assert.equal(await found('2026-03-01T02:54:00Z', '2026-03-01T02:55:00Z'), []);
  assert.equal(await found('2026-02-01T00:00:00Z', '2026-02-28T02:55:00Z'), []);
});

test("a container that was started in the future, by its node's clock, has not run for longer than its pod exists", async () => {
  const ahead = { state: { running: { startedAt: '2026-03-01T03:05:00Z' } }, started: true, restartCount: 0 };
  const pods = ['a', 'b'].map((name) => unreadyPod(`virt-operator-1-${name}`, ahead));
  const made = (creationTimestamp: string) => patched(pods, 'Pod', { metadata: { creationTimestamp } });
  const old = await diagnosisOf([...without(installed(), 'Pod'), ...made('2026-03-01T02:50:00Z')]);
  assert.equal(
    old.causes.map(({ code, since }) => [code, since]),
    [['readiness-failing', '2026-03-01T02:50:00Z']],
  );
  const young = await diagnosisOf([...without(installed(), 'Pod'), ...made('2026-03-01T02:59:50Z')]);
  assert.equal(young.causes, []);
});

test.run();
