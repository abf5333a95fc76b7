// `npm test`: builds the executable, then runs every test/**/*.test.ts in this process, then the real-cluster scenarios.
// `npm test -- WORD…` runs only the files whose path contains a WORD, and the real cluster only when `real` is one.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from '../build.mjs';

interface Result {
  passed: number;
  failed: number;
  skipped: number;
}

const here = import.meta.dirname;
const words = process.argv.slice(2);
const isWanted = (path: string) => words.length === 0 || words.some((word) => path.includes(word));

/** End-to-end tests come last: they are slower, and what breaks a unit breaks them too. */
function testFiles(): string[] {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.test.ts'));
  const [last, first] = [
    files.filter((path) => path.startsWith('e2e')),
    files.filter((path) => !path.startsWith('e2e')),
  ];
  return [...first.sort(), ...last.sort()].filter(isWanted);
}

/** As uvu/run does it (uvu 0.5.6), but a file that cannot be loaded or that declares no test fails alone. */
async function runFiles(files: string[]): Promise<Result> {
  const uvu = Object.assign(globalThis, { UVU_DEFER: 1, UVU_INDEX: 0, UVU_QUEUE: [] as unknown[][] });
  const { exec } = await import('uvu');
  const { declaresTests, totals } = await import('./helpers/suite.ts');
  const broken: string[] = [];
  for (const [index, file] of files.entries()) {
    uvu.UVU_INDEX = index;
    uvu.UVU_QUEUE.push([`test/${file}`]);
    await import(join(here, file)).then(
      () => declaresTests(index) || broken.push(`test/${file} declares no test: add one, or rename the file`),
      (error: Error) => broken.push(`test/${file} cannot be loaded: ${error.stack}`),
    );
  }
  await exec();
  const { passed, failed, skipped, complaints } = totals();
  for (const line of skipped) console.log(`  SKIPPED  ${line}`);
  for (const line of [...complaints, ...broken]) console.log(`  FAIL  ${line}`);
  return { passed, failed: failed + broken.length, skipped: skipped.length };
}

async function runBuild(): Promise<Result> {
  buildIfStale();
  return { passed: 1, failed: 0, skipped: 0 };
}

async function runReal(): Promise<Result> {
  const path = join(here, 'real', 'run.ts');
  if (!existsSync(path)) return { passed: 0, failed: 0, skipped: 0 };
  const real = await import(path);
  return await real.runReal();
}

/** A step that throws is a failure of its own; the others still run. */
async function step(name: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    console.log(`  FAIL  ${name}: ${error instanceof Error ? error.stack : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const steps: [string, () => Promise<Result>][] = [
  ['build', runBuild],
  ['tests', async () => runFiles(testFiles())],
  ...(isWanted('real') ? [['real cluster', runReal] as [string, () => Promise<Result>]] : []),
];

let isComplete = false;
process.on('exit', () => {
  if (isComplete) return;
  console.log('  FAIL  The run ended early: a test or hook never settles.\n\n0 passed, 1 failed');
  process.exitCode = 1;
});

const total: Result = { passed: 0, failed: 0, skipped: 0 };
for (const [name, action] of steps) {
  const result = await step(name, action);
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
}
isComplete = true;
if (total.passed + total.failed === 0) console.log(`  FAIL  No test file matches ${words.join(' ')}.`);
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
