import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type JournalEntry, type JournalStep, newId, revertible } from '../../src/mitigation/journal.ts';
import { journalFolder, openJournal } from '../../src/mitigation/journal-file.ts';
import type { Reversal } from '../../src/mitigation/undo.ts';
import { UserError } from '../../src/model/errors.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('journal');
let home: string;

test.before.each(() => {
  home = mkdtempSync(join(tmpdir(), 'virtop-journal-'));
});
test.after.each(() => rmSync(home, { recursive: true }));

const TARGET = { kind: 'Node', resource: 'nodes', namespace: null, name: 'cp-0', path: '/api/v1/nodes/cp-0' };
const REVERSAL: Reversal = {
  action: 'uncordon',
  title: 'Uncordon',
  target: TARGET,
  uid: 'u',
  subresource: '',
  fields: [],
};

function entry(id: string, changes: Partial<JournalEntry> = {}): JournalEntry {
  const cluster = { context: 'lab', server: 'https://10.0.0.1:6443', user: 'alice' };
  const steps: JournalStep[] = [{ title: 'Uncordon', command: 'kubectl uncordon', state: 'done', reversal: REVERSAL }];
  return {
    version: 1,
    id,
    at: '',
    cluster,
    action: 'uncordon',
    cause: null,
    steps,
    undoes: null,
    ...changes,
  };
}

test('it is in the XDG state folder, or where that is by default', () => {
  assert.is(journalFolder({ XDG_STATE_HOME: '/s', HOME: '/h' }), '/s/kubectl-virtop/journal');
  assert.is(journalFolder({ HOME: '/h' }), '/h/.local/state/kubectl-virtop/journal');
});

test('entries come back as they were written, oldest first, and only their owner may read them', () => {
  const folder = join(home, 'state', 'journal');
  const journal = openJournal(folder);
  assert.equal(journal.entries(), []);
  journal.write(entry('20260301-030001'));
  journal.write(entry('20260301-030000'));
  journal.write(entry('20260301-030001', { cause: 'cordoned' }));
  assert.equal(journal.entries(), [entry('20260301-030000'), entry('20260301-030001', { cause: 'cordoned' })]);
  assert.is(statSync(folder).mode & 0o777, 0o700);
  assert.is(statSync(join(folder, '20260301-030000.json')).mode & 0o777, 0o600);
});

test('a folder that others could read is closed, and files that are no entries are left out', () => {
  const journal = openJournal(home);
  chmodSync(home, 0o755);
  writeFileSync(join(home, 'x.json'), '{"half');
  writeFileSync(join(home, 'y.json'), '{"version":2}');
  journal.write(entry('a'));
  assert.is(statSync(home).mode & 0o777, 0o700);
  assert.equal(
    journal.entries().map(({ id }) => id),
    ['a'],
  );
});

test('where nothing can be written, that is an error that says what to do', () => {
  writeFileSync(join(home, 'file'), '');
  const write = () => openJournal(join(home, 'file', 'journal')).write(entry('a'));
  assert.throws(write, (error: Error) => error instanceof UserError && /set XDG_STATE_HOME/.test(error.message));
});

test('an id is the time, with a number where it is taken', () => {
  assert.is(newId('2026-03-01T03:00:00Z', []), '20260301-030000');
  assert.is(newId('2026-03-01T03:00:00Z', ['20260301-030000']), '20260301-030000-2');
});

test('entries come in the order in which they were made, also those of one second', () => {
  const journal = openJournal(home);
  const made = ['20260301-030000', ...[2, 3, 10].map((number) => `20260301-030000-${number}`), '20260301-030001'];
  for (const id of made.toReversed()) journal.write(entry(id));
  assert.equal(
    journal.entries().map(({ id }) => id),
    made,
  );
});

test('what was made or sent can be taken back, in reverse, until that was done', () => {
  const [step] = entry('a').steps;
  assert.ok(step);
  const steps = (['done', 'sent', 'planned', 'refused'] as const).map((state, index) => ({
    ...step,
    state,
    reversal: { ...REVERSAL, fields: [], title: `${index}` },
  }));
  const one = entry('a', { steps });
  assert.equal(
    revertible(one, [one]).map(({ title }) => title),
    ['1', '0'],
  );
  assert.is(revertible(one, [one, entry('b', { undoes: 'a' })]).length, 0);
  const failed = entry('b', { undoes: 'a', steps: [{ ...step, state: 'refused' }] });
  assert.is(revertible(one, [one, failed]).length, 2);
  assert.is(revertible(failed, [failed]).length, 0);
});

test.run();
