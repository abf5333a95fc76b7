import * as assert from 'uvu/assert';
import type { Wishes } from '../../src/mitigation/hands.ts';
import { mitigate } from '../../src/mitigation/mitigate.ts';
import { suite } from '../helpers/suite.ts';
import { fakeCluster, mended, replicas, type Script, wishes } from './fake-cluster.ts';

const test = suite('consent');

const refusals: Record<string, string | null> = {
  'a no': 'n',
  'an empty line': '',
  'the end of input': null,
  'another word': 'yeah, why not',
};

for (const [name, answer] of Object.entries(refusals)) {
  test(`${name} changes nothing at all`, async () => {
    const { cluster, repair } = await mended({ answers: [answer] });
    assert.is(repair.outcome, 'notConfirmed');
    assert.equal(cluster.writes, []);
    assert.equal(cluster.journal, []);
    assert.is(replicas(cluster), 0);
  });
}

test('without a terminal and without --yes nobody is asked and nothing is changed', async () => {
  const { cluster, repair } = await mended({}, { isTerminal: false });
  assert.is(repair.outcome, 'notConfirmed');
  assert.match(repair.reason ?? '', 'pass --yes');
  assert.equal([...cluster.writes, ...cluster.questions], []);
});

test('--yes asks nothing', async () => {
  const { cluster, repair } = await mended({}, { yes: true, isTerminal: false });
  assert.is(repair.outcome, 'verified');
  assert.equal(cluster.questions, []);
});

test('a production context wants its name', async () => {
  for (const [answer, outcome] of [
    ['y', 'notConfirmed'],
    ['eu-prod-1', 'verified'],
  ] as const) {
    const { repair, cluster } = await mended({ answers: [answer], context: 'eu-prod-1' });
    assert.is(repair.outcome, outcome);
    assert.match(cluster.questions[0] ?? '', 'eu-prod-1');
  }
  assert.is((await mended({ answers: ['y'], context: 'product-lab' })).repair.outcome, 'verified');
});

test('--confirm-context allows no other context, and asks for its name', async () => {
  assert.match(
    (await mended({ answers: ['y'] }, { confirmContext: 'other' })).repair.reason ?? '',
    'allows only other',
  );
  assert.is((await mended({ answers: ['y'] }, { confirmContext: 'lab' })).repair.outcome, 'notConfirmed');
  assert.is((await mended({ answers: ['lab'] }, { confirmContext: 'lab' })).repair.outcome, 'verified');
});

test('an owner that would undo it needs a yes of its own, or the flag', async () => {
  const owned = async (script: Script, wished: Partial<Wishes>) => {
    const cluster = fakeCluster(script);
    const annotations = { 'meta.helm.sh/release-name': 'kubevirt' };
    cluster.write({ metadata: { ...cluster.deployment().metadata, annotations } });
    const { repairs } = await mitigate({ action: null, manualSteps: () => [] }, cluster.hands, wishes(wished));
    return repairs[0]?.outcome;
  };
  assert.is(await owned({ answers: ['n', 'y'] }, {}), 'notConfirmed');
  assert.is(await owned({ answers: ['y', 'y'] }, {}), 'verified');
  assert.is(await owned({}, { yes: true }), 'notConfirmed');
  assert.is(await owned({}, { yes: true, overrideOwner: true }), 'verified');
});

test('OLM does not undo a scale-up, so that it is no reason to ask twice', async () => {
  const cluster = fakeCluster({ answers: ['y'] });
  const ownerReferences = [{ kind: 'ClusterServiceVersion', name: 'kubevirt.v1.7.0' }];
  cluster.write({ metadata: { ...cluster.deployment().metadata, ownerReferences } });
  const { repairs } = await mitigate({ action: null, manualSteps: () => [] }, cluster.hands, wishes());
  assert.is(repairs[0]?.outcome, 'verified');
  assert.is(cluster.questions.length, 1);
});

test.run();
