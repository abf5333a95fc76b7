import * as assert from 'uvu/assert';
import { parseOptions } from '../../../src/commands/flags/parse-options.ts';
import { answerRepairs } from '../../../src/commands/repair/repair-answer.ts';
import { NOTHING_YET } from '../../../src/mitigation/nothing-yet.ts';
import type { Outcome } from '../../../src/model/repair.ts';
import { READ_AT } from '../../helpers/cluster.ts';
import { testIo } from '../../helpers/io.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('how repairs end');
const OBJECT = { kind: 'Node', namespace: null, name: 'cp-0' };
const HANDS = { cluster: { context: 'lab', server: 'https://10.0.0.1:6443', user: 'alice' }, now: () => READ_AT };

function code(...outcomes: Outcome[]): Promise<number> {
  const repairs = outcomes.map((outcome) => ({ ...NOTHING_YET, outcome }));
  return answerRepairs(repairs, HANDS, parseOptions({ _: [], quiet: true }), testIo());
}

test('8 is nothing changed, 11 is changed and not seen to help', async () => {
  for (const outcome of ['verified', 'undone', 'dryRun', 'notNeeded'] as const) assert.is(await code(outcome), 0);
  for (const outcome of ['notConfirmed', 'refused', 'manual'] as const) assert.is(await code(outcome), 8);
  assert.is(await code('notVerified'), 11);
});

test('of several the last counts, but what was changed before is not forgotten', async () => {
  assert.is(await code('notVerified', 'verified'), 0);
  for (const outcome of ['notConfirmed', 'refused'] as const) assert.is(await code('notVerified', outcome), 11);
});

test('only the last of several says what is open', async () => {
  const next = { code: 'cordoned', title: 'all nodes are cordoned', object: OBJECT };
  const io = testIo();
  const repairs = ['first', 'second'].map((reason) => ({
    ...NOTHING_YET,
    outcome: 'notVerified' as const,
    reason,
    next,
    undo: `undo-${reason}`,
  }));
  await answerRepairs(repairs, HANDS, parseOptions({ _: [] }), io);
  const lines = [
    'UNDO      kubectl virtop undo undo-first',
    '',
    'OPEN      second',
    'NEXT      all nodes are cordoned (cordoned)',
    '          kubectl virtop mitigate',
    'UNDO      kubectl virtop undo undo-second',
  ];
  assert.is(io.stdout.text, [...lines, ''].join('\n'));
});

test.run();
