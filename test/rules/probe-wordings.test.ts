import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { crashingPod, diagnosisOf, event, installed, patched, unreadyPod, without } from './outage.ts';

const test = suite('every wording about a probe');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';

/** The kubelet's words about a probe (Kubernetes 1.25 to 1.36 pkg/kubelet/prober/prober.go, pkg/probe/http/http.go). */
const ANSWERS = [
  'Get "https://10.244.0.7:8443/metrics": dial tcp 10.244.0.7:8443: connect: connection refused',
  'Get "https://10.244.0.7:8443/metrics": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
  'Get "https://10.244.0.7:8443/metrics": net/http: TLS handshake timeout',
  'Get "https://10.244.0.7:8443/metrics": EOF',
  'HTTP probe failed with statuscode: 500',
];
const TIME = '2026-03-01T02:59:30Z';

test('liveness-failing: the kill, after any answer, is likely', async () => {
  for (const answer of [
    ...ANSWERS.map((one) => `failed: ${one}`),
    'errored: rpc error',
    'errored and resulted in unknown state: rpc error',
  ]) {
    const said = event('e1', 'Pod', POD, { reason: 'Unhealthy', message: `Liveness probe ${answer}`, time: TIME });
    const kill = event('e2', 'Pod', POD, {
      reason: 'Killing',
      message: 'Container virt-operator failed liveness probe, will be restarted',
      time: TIME,
    });
    const { causes } = await diagnosisOf([...noPods, crashingPod(POD, { exitCode: 137 }), said, kill]);
    assert.equal([causes[0]?.code, causes[0]?.confidence], ['liveness-failing', 'likely'], answer);
    assert.ok(
      causes[0]?.evidence.some(({ text }) => text.includes(answer)),
      answer,
    );
  }
});

test('startup-probe-failing: the kill is likely', async () => {
  const kill = event('e2', 'Pod', POD, {
    reason: 'Killing',
    message: 'Container virt-operator failed startup probe, will be restarted',
    time: TIME,
  });
  const { causes } = await diagnosisOf([...noPods, crashingPod(POD, { exitCode: 137 }), kill]);
  assert.equal([causes[0]?.code, causes[0]?.confidence], ['startup-probe-failing', 'likely']);
});

test('startup-probe-failing: any answer is likely while the container has not started', async () => {
  const spec = { spec: { containers: [{ name: 'virt-operator', startupProbe: {} }] } };
  for (const answer of ANSWERS) {
    const status = { started: false, restartCount: 0, state: { running: { startedAt: '2026-03-01T02:50:00Z' } } };
    const said = event('e1', 'Pod', POD, {
      reason: 'Unhealthy',
      message: `Startup probe failed: ${answer}`,
      time: TIME,
    });
    const { causes } = await diagnosisOf([...noPods, ...patched([unreadyPod(POD, status)], 'Pod', spec), said]);
    assert.equal([causes[0]?.code, causes[0]?.confidence], ['startup-probe-failing', 'likely'], answer);
    assert.ok(
      causes[0]?.evidence.some(({ text }) => text.includes(answer)),
      answer,
    );
  }
});

test('readiness-failing: any answer is likely, and only a late one is called late', async () => {
  for (const answer of ANSWERS) {
    for (const reason of ['Unhealthy', 'ProbeError']) {
      const pod = unreadyPod(POD, { restartCount: 0, state: { running: { startedAt: '2026-03-01T02:50:00Z' } } });
      const said = event('e1', 'Pod', POD, { reason, message: `Readiness probe failed: ${answer}`, time: TIME });
      const { causes } = await diagnosisOf([...noPods, pod, said]);
      assert.equal([causes[0]?.code, causes[0]?.confidence], ['readiness-failing', 'likely'], `${reason} ${answer}`);
      assert.is(/in time/.test(causes[0]?.title ?? ''), /timeout|deadline/i.test(answer), answer);
    }
  }
});

test('readiness-gate: the condition decides, in each wording', async () => {
  for (const message of [
    'corresponding condition of pod readiness gate "x.example/ready" does not exist.',
    'the status of pod readiness gate "x.example/ready" is not "True", but False',
  ]) {
    const status = { ready: true, restartCount: 0, state: { running: { startedAt: '2026-03-01T02:50:00Z' } } };
    const conditions = [{ type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message }];
    const pod = patched([unreadyPod(POD, status)], 'Pod', { status: { conditions } });
    const { causes } = await diagnosisOf([...noPods, ...pod]);
    assert.equal([causes[0]?.code, causes[0]?.confidence], ['readiness-gate', 'certain'], message);
    assert.match(causes[0]?.title ?? '', 'x.example/ready');
  }
});

test.run();
