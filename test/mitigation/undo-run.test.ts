import * as assert from 'uvu/assert';
import { undoEntry } from '../../src/mitigation/undo-run.ts';
import { suite } from '../helpers/suite.ts';
import { mended, replicas, wishes } from './fake-cluster.ts';

const test = suite('undo run');

test('undo gives the old value back in the same way, and only once', async () => {
  const { cluster } = await mended({ answers: ['y', 'n', 'y', 'y'] });
  const [entry] = cluster.journal;
  assert.ok(entry);
  assert.is((await undoEntry(entry, cluster.hands, wishes())).outcome, 'notConfirmed');
  assert.is(replicas(cluster), 2);
  assert.is((await undoEntry(entry, cluster.hands, wishes())).outcome, 'undone');
  assert.is(replicas(cluster), 0);
  assert.match((await undoEntry(entry, cluster.hands, wishes())).reason ?? '', 'nothing of 20260301-030000');
});

test('undo refuses when somebody changed the value since, or in another cluster', async () => {
  const { cluster } = await mended({ answers: ['y', 'y'] });
  const [entry] = cluster.journal;
  assert.ok(entry);
  const elsewhere = { ...cluster.hands, cluster: { ...cluster.hands.cluster, server: 'https://other' } };
  assert.match((await undoEntry(entry, elsewhere, wishes())).reason ?? '', 'choose that context');
  cluster.write({ spec: { ...(cluster.deployment().spec as object), replicas: 3 } });
  const { outcome, reason } = await undoEntry(entry, cluster.hands, wishes());
  assert.equal(
    [outcome, reason],
    [
      'refused',
      'Deployment virt-operator was changed since: spec.replicas; decide by hand what it should be: kubectl -n kubevirt get deployment virt-operator -o yaml',
    ],
  );
  assert.is(replicas(cluster), 3);
});

test('a change that was sent when the program was killed can be taken back', async () => {
  const { cluster } = await mended({ answers: ['y', 'y'] });
  const [entry] = cluster.journal;
  assert.ok(entry);
  const killed = { ...entry, steps: entry.steps.map((step) => ({ ...step, state: 'sent' as const })) };
  assert.is((await undoEntry(killed, cluster.hands, wishes())).outcome, 'undone');
});

test.run();
