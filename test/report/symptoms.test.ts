import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { symptoms } from '../../src/report/symptoms.ts';
import type { TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { evidenceOf, failedCreate, installed, patched, pendingPod, without } from '../rules/outage.ts';

const test = suite('what is seen where no cause is known');
const noPods = without(installed(), 'Pod');

async function seen(objects: TestObject[]): Promise<string[]> {
  const evidence = await evidenceOf(objects);
  const report = operatorReport(evidence);
  assert.equal(report.causes, []);
  return symptoms({ report, evidence });
}

test("the API server's words about what is gone, after the longest wait", async () => {
  const words = 'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1';
  assert.equal((await seen([...noPods, failedCreate(words, '2026-03-01T02:30:00Z')])).slice(0, 2), [
    '2 of 2 pods do not exist',
    `the API server says: ${words}`,
  ]);
});

test("the scheduler's words that no rule knows, once and redacted", async () => {
  const words = '0/3 nodes are available: 3 node(s) are not to its liking, password=hunter2.';
  const all = (await seen([...noPods, pendingPod('a', words), pendingPod('b', words)])).join('\n');
  assert.match(all, /the scheduler says: 0\/3 nodes are available: 3 node\(s\) are not to its liking/);
  assert.not.match(all, /hunter2|the scheduler says.*the scheduler says/s);
});

test('for how long the Deployment has been short of pods, where that is long', async () => {
  const words = '0/3 nodes are available: 3 node(s) are not to its liking.';
  const short = (lastTransitionTime: string) =>
    patched([...noPods, pendingPod('a', words)], 'Deployment', {
      status: { conditions: [{ type: 'Available', status: 'False', lastTransitionTime }] },
    });
  assert.ok((await seen(short('2026-03-01T02:40:00Z'))).includes('the Deployment has been short of pods for 20m'));
  assert.not((await seen(short('2026-03-01T02:59:00Z'))).some((one) => one.includes('short of pods')));
});

test.run();
