import * as assert from 'uvu/assert';
import type { Pod } from '../../../src/model/kubernetes.ts';
import { isTimeout, probeEnd, probeWords } from '../../../src/objects/container/probe.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('probes');
const pod: Pod = { metadata: { name: 'p', uid: 'u' } };
const event = (reason: string, message: string, lastTimestamp = '2026-03-01T02:59:00Z') => ({
  involvedObject: { uid: 'u' },
  reason,
  message,
  lastTimestamp,
});
const get = 'Liveness probe failed: Get "https://10.0.0.1:8443/metrics": ';

test("the kubelet's words, of every version", () => {
  const texts: [text: string, timeout: boolean][] = [
    [`${get}dial tcp 10.0.0.1:8443: connect: connection refused`, false],
    [`${get}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`, true],
    [`${get}net/http: TLS handshake timeout`, true],
    [`${get}EOF`, false],
    ['Liveness probe failed: HTTP probe failed with statuscode: 500', false],
    ['Liveness probe errored and resulted in unknown state: x', false],
    ['Liveness probe errored: x', false],
  ];
  for (const [text, timeout] of texts) {
    for (const reason of ['Unhealthy', 'ProbeError']) {
      assert.equal(probeWords(pod, 'Liveness', [event(reason, text)]), [{ text, source: `pod/p event ${reason}` }]);
    }
    assert.equal(probeWords(pod, 'Readiness', [event('Unhealthy', text)]), []);
    assert.is(isTimeout(text), timeout, text);
  }
});

test('words about an earlier life of the container are none', () => {
  const words = [event('Unhealthy', `${get}EOF`, '2026-03-01T02:00:00Z')];
  assert.is(probeWords(pod, 'Liveness', words, '2026-03-01T02:30:00Z').length, 0);
  assert.is(probeWords(pod, 'Liveness', words, '2026-03-01T01:30:00Z').length, 1);
});

test('the newest kill says for which probe, and of which container', () => {
  const end = { pod, container: 'virt-operator', exitCode: 0, message: '' };
  const kill = (text: string) => probeEnd(end, [event('Killing', text)]);
  assert.is(kill('Container virt-operator failed liveness probe, will be restarted'), 'liveness-failing');
  assert.is(kill('Container virt-operator failed startup probe, will be restarted'), 'startup-probe-failing');
  assert.is(kill('Container proxy failed liveness probe, will be restarted'), null);
  assert.is(kill('Stopping container virt-operator'), null);
});

test('a signal and a probe that fails go together, where nobody has kept the kill', () => {
  const told = [event('Unhealthy', `${get}EOF`)];
  const end = (exitCode: number, message = '', container = 'virt-operator') =>
    probeEnd({ pod, container, exitCode, message }, told);
  for (const code of [137, 143, 2]) assert.is(end(code), 'liveness-failing');
  assert.equal([end(1), end(0), end(2, 'panic: x'), end(137, '', 'proxy')], [null, null, null, null]);
  const startup = [event('Unhealthy', 'Startup probe failed: x')];
  assert.is(
    probeEnd({ pod, container: 'virt-operator', exitCode: 137, message: '' }, startup),
    'startup-probe-failing',
  );
});

test.run();
