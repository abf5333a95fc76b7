import * as assert from 'uvu/assert';
import type { Hands } from '../../src/mitigation/hands.ts';
import { verify } from '../../src/mitigation/verify.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Verdict } from '../../src/model/report.ts';
import { suite } from '../helpers/suite.ts';
import { evidence, finding, report } from '../helpers/view.ts';
import { fakeCluster } from './fake-cluster.ts';

const test = suite('verify');
const WHERE = { namespace: 'kubevirt', name: 'virt-operator' };
const CORDONED = finding({ code: 'cordoned', object: { kind: 'Node', namespace: null, name: 'cp-0' } });

/** Watches a cluster of which status says so, where every look finds the next of these lists of causes, and the last one for ever. */
async function watched(
  looks: Finding[][],
  verdict: Verdict,
  timeout = 120_000,
  cause = finding(),
  behind: string[] = [],
) {
  const works = verdict !== 'down';
  const cluster = fakeCluster({ recovers: works });
  if (works) cluster.write({ spec: { ...(cluster.deployment().spec as object), replicas: 2 } });
  const read = await evidence([]);
  let at = 0;
  const look = async () => ({
    evidence: read,
    report: report({ causes: looks[Math.min(at++, looks.length - 1)] ?? [], verdict }),
  });
  return verify(cause, WHERE, { ...cluster.hands, look }, { timeout, behind });
}

test('pods that are ready are not enough while the cause is still found', async () => {
  const { recovered, seconds } = await watched([[finding()], [finding()], []], 'healthy');
  assert.is(recovered, true);
  assert.is(seconds, 7);
});

test('a container that is ready only now and then is not taken for well', async () => {
  const cluster = fakeCluster();
  cluster.write({ spec: { ...(cluster.deployment().spec as object), replicas: 2 } });
  let at = 0;
  const follow: Hands['follow'] = (where) => {
    const follower = cluster.hands.follow(where);
    return { ...follower, state: () => (at++ % 4 === 3 ? { ...follower.state(), lease: null } : follower.state()) };
  };
  const read = await evidence([]);
  const look = async () => ({ evidence: read, report: report() });
  const { recovered } = await verify(finding(), WHERE, { ...cluster.hands, follow, look }, { timeout: 60_000 });
  assert.is(recovered, false);
});

test('the same cause of another object is another cause', async () => {
  const other = finding({ object: { kind: 'Deployment', namespace: 'kubevirt', name: 'other' } });
  assert.is((await watched([[other]], 'healthy')).recovered, true);
});

test('another cause that stays ends it early; one that is only possible does not', async () => {
  const { recovered, seconds, next } = await watched([[CORDONED]], 'down');
  assert.equal([recovered, seconds, next?.code], [false, 40, 'cordoned']);
  const unsure = await watched([[{ ...CORDONED, confidence: 'possible' }]], 'down');
  assert.is(unsure.seconds, 120);
});

test('what was known to come next ends it as soon as the cause is gone', async () => {
  const known = await watched([[finding(), CORDONED], [CORDONED]], 'down', 120_000, finding(), ['cordoned']);
  assert.equal([known.recovered, known.seconds, known.next?.code], [false, 6, 'cordoned']);
  const other = await watched([[CORDONED]], 'down', 120_000, finding(), ['quota-exceeded']);
  assert.is(other.seconds, 33);
});

test('once an obstacle is gone, what stands before it is next', async () => {
  const obstacle = finding({ code: 'quota-exceeded', next: true });
  assert.is((await watched([[CORDONED]], 'down', 120_000, obstacle)).seconds, 3);
});

test('what status calls degraded is not called repaired, though pods are ready and one leads', async () => {
  const left = await watched([[CORDONED]], 'degraded');
  assert.equal([left.recovered, left.seconds, left.next?.code], [false, 35, 'cordoned']);
});

test('a cause that goes away again does not end it', async () => {
  const flicker = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? [CORDONED] : [finding()]));
  assert.is((await watched(flicker, 'down')).seconds, 120);
});

test('at the end of the time it says what was awaited', async () => {
  const { recovered, waitingFor } = await watched([[finding()]], 'down', 5000);
  assert.equal([recovered, waitingFor], [false, 'the Deployment to ask for pods']);
});

test.run();
