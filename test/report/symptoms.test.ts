import * as assert from 'uvu/assert';
import { operatorReport } from '../../src/commands/operator-report.ts';
import { causeLines } from '../../src/report/cause.ts';
import { entryText } from '../../src/report/entry.ts';
import { symptoms } from '../../src/report/symptoms.ts';
import type { TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { evidenceOf, installed, patched, pendingPod, unreadyPod, without } from '../rules/outage.ts';

const test = suite('what is seen where no cause is known');
const noPods = without(installed(), 'Pod');

async function seen(objects: TestObject[]): Promise<string[]> {
  const evidence = await evidenceOf(objects);
  const report = operatorReport(evidence);
  assert.equal(report.causes, []);
  return symptoms({ report, evidence });
}

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

test('pods that are new again after minutes of outage are watched, not waited for', async () => {
  const made = (pod: TestObject) => ({
    ...pod,
    metadata: { ...pod.metadata, creationTimestamp: '2026-03-01T02:59:50Z' },
  });
  const waiting = { restartCount: 0, state: { waiting: { reason: 'ContainerCreating' } } };
  const lines = async (since: string, revision: string) => {
    const available = { type: 'Available', status: 'False', lastTransitionTime: since };
    const objects = [...noPods, ...['a', 'b'].map((name) => made(unreadyPod(name, waiting)))];
    const changed = patched(patched(objects, 'Deployment', { status: { conditions: [available] } }), 'ReplicaSet', {
      metadata: { creationTimestamp: revision },
    });
    const evidence = await evidenceOf(changed);
    return causeLines({ report: operatorReport(evidence), evidence })
      .map(entryText)
      .join('\n');
  };
  const [long, short] = ['2026-03-01T02:40:00Z', '2026-03-01T02:59:40Z'];
  assert.match(await lines(long, long), /^not known: either .* get pods -l kubevirt.io=virt-operator -o wide --watch/s);
  assert.match(await lines(short, long), /^not known yet, the pods may just be starting.*kubectl virtop wait$/s);
  assert.match(await lines(long, short), /^not known yet, the pods may just be starting.*kubectl virtop wait$/s);
});

test.run();
