import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as assert from 'uvu/assert';
import { suite } from './suite.ts';

const test = suite('running test files');
const folder = mkdtempSync(join(tmpdir(), 'virtop-run-files-'));
test.after(() => rmSync(folder, { recursive: true }));

const urlOf = (name: string) => pathToFileURL(join(import.meta.dirname, name)).href;
const withSuite = (title: string, body: string) =>
  `import { suite } from '${urlOf('suite.ts')}';\nconst test = suite('${title}');\n${body}\n`;

/** Runs these files together in a process of its own; what it prints ends with the count. */
function run(files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const main = `import { countLine, runFiles } from '${urlOf('run-files.ts')}';
console.log(countLine(await runFiles('${folder}', ${JSON.stringify(Object.keys(files))})));`;
  writeFileSync(join(folder, 'main.ts'), main);
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'main.ts')], { encoding: 'utf8' });
  return stdout + stderr;
}

const passing = withSuite('fine', "test('x', () => {});\ntest.run();");

test('counts what passed, failed and was skipped', () => {
  const failing = withSuite('bad', "test('x', () => { throw new Error('no'); });\ntest.run();");
  const skipping = withSuite('away', "test.skip('x', 'no pty');\ntest.run();");
  const output = run({ 'a.test.ts': passing, 'b.test.ts': failing, 'c.test.ts': skipping });
  assert.match(output, 'SKIPPED  away: x (no pty)');
  assert.match(output, /1 passed, 1 failed, 1 skipped\n$/);
});

test('a file without a suite fails, and the others run', () => {
  const output = run({ 'a.test.ts': 'export {};', 'b.test.ts': passing });
  assert.match(output, 'a.test.ts declares no test');
  assert.match(output, /1 passed, 1 failed\n$/);
});

test('a file that cannot be loaded fails, and the others run', () => {
  const output = run({ 'a.test.ts': "throw new Error('half written');", 'b.test.ts': passing });
  assert.match(output, /a.test.ts cannot be loaded: Error: half written/);
  assert.match(output, /1 passed, 1 failed\n$/);
});

test('a forgotten run() fails in its own file only', () => {
  const output = run({ 'a.test.ts': withSuite('lost', "test('x', () => {});"), 'b.test.ts': passing });
  assert.match(output, 'lost: "x" did not run');
  assert.match(output, /1 passed, 1 failed\n$/);
});

test.run();
