import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { executable } from '../../build.mjs';
import type { Node } from '../../src/model/kubernetes.ts';
import { answer } from '../helpers/faults.ts';
import { fixtureArchive } from '../helpers/fixture.ts';
import { openScreen, type Screen } from '../helpers/screen.ts';
import { startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('mitigate on narrow and wide terminals');
const WIDTHS = [40, 80, 200];
let home: string;
let twoCauses: TestServer;
let manual: TestServer;

/** The node whose taint is taken away, after that. */
function tolerable(): string {
  const node = fixtureArchive('all-candidates-down').objects.find(({ metadata }) => metadata?.name === 'cp-1') as Node;
  const taints = node.spec?.taints?.filter(({ key }) => key !== 'dedicated');
  return JSON.stringify({ ...node, spec: { ...node.spec, taints } });
}

test.before(async () => {
  home = mkdtempSync(join(tmpdir(), 'virtop-widths-'));
  twoCauses = await startServer(fixtureArchive('all-candidates-down'), {
    protocol: 'http',
    behave: (path) => {
      if (path.includes('selfsubjectaccessreviews')) return answer(201, '{"status":{"allowed":true}}');
      return path.includes('fieldManager') ? answer(200, tolerable()) : undefined;
    },
  });
  manual = await startServer(fixtureArchive('node-pressure'), { protocol: 'http' });
});
test.after(async () => {
  await Promise.all([twoCauses.close(), manual.close()]);
  rmSync(home, { recursive: true });
});

function open({ url }: TestServer, columns: number): Screen {
  return openScreen([executable, 'mitigate', '--server', url], columns, { XDG_STATE_HOME: home });
}

/** The rows of an entry that begins so, up to the one that begins so. */
function between(rows: readonly string[], first: string, last: string): string[] {
  const at = rows.findIndex((row) => row.startsWith(first));
  return rows.slice(
    at,
    rows.findIndex((row, index) => index > at && row.startsWith(last)),
  );
}

const words = (rows: readonly string[]) => rows.map((row) => row.trim()).join(' ');

for (const columns of WIDTHS) {
  test(`on ${columns} columns causes are listed, and the one that was chosen is shown in full`, async () => {
    const screen = open(twoCauses, columns);
    await screen.shows(/Which one first\?[\s\S]*none\): *$/);
    const second = between(screen.rows(), '  2) ', 'Which');
    const title = '1 of the 3 nodes that may run virt-operator has a taint that it does not tolerate:';
    assert.is(words(second), `2) remove-taint: ${title} dedicated=infra:NoSchedule`);
    assert.ok(
      second.slice(1).every((row) => /^ {5}\S/.test(row)),
      second.join('\n'),
    );
    screen.type('2\n');
    await screen.shows(/Make this change\? \(y\/N\):/);
    assert.equal(between(screen.rows(), '--- node/cp-1 (now)', 'RISK'), [
      '--- node/cp-1 (now)',
      '+++ node/cp-1 (after)',
      ' spec:',
      '   taints:',
      '-  - effect: NoSchedule',
      '-    key: dedicated',
      '-    value: infra',
    ]);
    assert.match(words(between(screen.rows(), 'CAUSE', 'ACTION')), title);
    assert.ok(screen.lines().includes('BY HAND   kubectl taint node cp-1 dedicated=infra:NoSchedule-'));
    assert.match(screen.lines().join('\n'), /none\): 2\n\nCAUSE/);
    screen.type('n\n');
    assert.is(await screen.ended, 8);
    assert.is(screen.rows().at(-1), 'NOTHING   was changed: not confirmed');
  });

  test(`on ${columns} columns each manual step hangs, and each command can be copied`, async () => {
    const screen = open(manual, columns);
    assert.is(await screen.ended, 8);
    const rows = screen.rows();
    const free = between(rows, '  4. ', '  5. ');
    assert.match(words(free), /^4\. Free disk space on cp-0, cp-1, cp-2: .*\(crictl rmi --prune; .*\)\.$/);
    assert.ok(
      free.slice(1).every((row) => /^ {5}\S/.test(row)),
      free.join('\n'),
    );
    assert.ok(rows.includes('  5. Or, if you must:'));
    assert.ok(screen.lines().includes('  6. kubectl virtop mitigate delete-finished-pods'));
  });
}

test.run();
