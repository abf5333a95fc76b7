import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as assert from 'uvu/assert';
import { rejects, suite } from './suite.ts';

const test = suite('suite');
const folder = mkdtempSync(join(tmpdir(), 'virtop-suite-'));
const helper = pathToFileURL(join(import.meta.dirname, 'suite.ts')).href;
const uvu = import.meta.resolve('uvu');

/** Runs a test file with this body in a process of its own. */
function run(body: string): { status: number | null; output: string } {
  const file = join(folder, 'planted.test.ts');
  writeFileSync(file, `import { suite } from '${helper}';\nconst test = suite('planted', { seconds: 1 });\n${body}\n`);
  const { UPDATE_GOLDEN: _, ...env } = process.env;
  const child = spawnSync(process.execPath, [file], { encoding: 'utf8', env });
  return { status: child.status, output: child.stdout + child.stderr };
}

test('a file that passes is green', () => {
  const { status, output } = run(`test('fine', () => {});\ntest.run();`);
  assert.is(status, 0, output);
});

test('a skipped test is green', () => {
  assert.is(run(`test.skip('not here', 'no pty');\ntest.run();`).status, 0);
});

const red: Record<string, { body: string; says: RegExp }> = {
  'a failing test': {
    body: `test('x', () => { throw new Error('the difference'); });\ntest.run();`,
    says: /the difference/,
  },
  'a forgotten run()': { body: `test('x', () => {});`, says: /"x" did not run/ },
  'a throwing before': {
    body: `test.before(() => { throw new Error('no server'); });\ntest('x', () => {});\ntest.run();`,
    says: /before threw: no server/,
  },
  'a throwing before.each': {
    body: `test.before.each(() => { throw new Error('no server'); });\ntest('x', () => {});\ntest.run();`,
    says: /before.each threw: no server/,
  },
  'a throwing after': {
    body: `test.after(() => { throw new Error('still up'); });\ntest('x', () => {});\ntest.run();`,
    says: /after threw: still up/,
  },
  'an after.each that throws after a failing test': {
    body: `test.after.each(() => { throw new Error('still up'); });\ntest('x', () => { throw new Error('first'); });\ntest.run();`,
    says: /first[\s\S]*after.each threw: still up/,
  },
  'a thrown string': { body: `test('x', () => { throw 'just text'; });\ntest.run();`, says: /no Error: "just text"/ },
  'a thrown null': { body: `test('x', () => { throw null; });\ntest.run();`, says: /no Error: null/ },
  'a test that never settles': {
    body: `test('x', () => new Promise(() => {}));\ntest.run();`,
    says: /Did not settle within 1 s/,
  },
  'a file without tests': { body: 'test.run();', says: /declares no test/ },
};

for (const [name, { body, says }] of Object.entries(red)) {
  test(`${name} is red and says so`, () => {
    const { status, output } = run(body);
    assert.is(status, 1, output);
    assert.match(output, says);
  });
}

test('uvu alone would let a throwing before pass: the wrapper is still needed', () => {
  const file = join(folder, 'plain.test.mjs');
  writeFileSync(
    file,
    `import { suite } from '${uvu}';\nconst test = suite('plain');\ntest.before(() => { throw new Error('lost'); });\ntest('x', () => {});\ntest.run();\n`,
  );
  assert.is(spawnSync(process.execPath, [file]).status, 0);
});

test('rejects hands back the error', async () => {
  const error = await rejects(Promise.reject(new RangeError('too far')), RangeError, /far/);
  assert.is(error.message, 'too far');
});

test('rejects fails on fulfilment, on another class and on another message', async () => {
  await rejects(rejects(Promise.resolve(), RangeError), Error, /was fulfilled/);
  await rejects(
    rejects(Promise.reject(new TypeError('x')), RangeError),
    Error,
    /Expected RangeError, got: TypeError: x/,
  );
  await rejects(rejects(Promise.reject(new RangeError('x')), RangeError, /far/), Error, /Expected a message like/);
});

test.after(() => rmSync(folder, { recursive: true }));
test.run();
