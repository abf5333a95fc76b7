// `npm test`: builds the executable, then runs every test/**/*.test.ts in this process, then the comparison with kubectl, then the
// real-cluster scenarios.
// `npm test -- WORD…` runs only the files whose path contains a WORD; the word `kubectl` or `kubectl/CASE` means the comparison with
// kubectl, `real` or `real/SCENARIO` the real cluster. It builds only when one of them runs the executable.
import { readdirSync } from 'node:fs';
import { buildIfStale } from '../build.mjs';
import { build, buildObstacle } from './cluster/build.ts';
import { networkObstacle } from './cluster/network.ts';
import { countLine, type Result, runFiles } from './helpers/run-files.ts';
import { runSameAsKubectl } from './kubectl/run.ts';
import { runReal } from './real/run.ts';

const here = import.meta.dirname;
const words = process.argv.slice(2);
const isWanted = (path: string) => words.length === 0 || words.some((word) => path.includes(word));
const wantsReal = words.length === 0 || words.some((word) => /^real(\/|$)/.test(word));
const kubectlWord = words.find((word) => /^kubectl(\/|$)/.test(word));
const wantsKubectl = words.length === 0 || kubectlWord !== undefined;
const isWantedScenario = (name: string) => words.length === 0 || words.some((word) => `real/${name}`.startsWith(word));

/** End-to-end tests come last, and slow ones (`.slow.ts`) after them: what breaks a unit breaks them too. */
function testFiles(): string[] {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(test|slow)\.ts$/.test(path),
  );
  const isLate = (path: string) => Number(path.startsWith('e2e')) + 2 * Number(path.endsWith('.slow.ts'));
  return files.filter(isWanted).sort((a, b) => isLate(a) - isLate(b) || a.localeCompare(b));
}

async function runBuild(): Promise<Result> {
  buildIfStale();
  return { passed: 1, failed: 0, skipped: 0 };
}

/** Kubectl and the parts of a cluster come first in a whole run: tests of the executable use that kubectl too. */
async function buildTools(): Promise<Result> {
  if (networkObstacle() === null && (await buildObstacle()) === null) await build();
  return { passed: 0, failed: 0, skipped: 0 };
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

const total: Result = { passed: 0, failed: 0, skipped: 0 };
let isComplete = false;
process.on('exit', () => {
  if (isComplete) return;
  console.log('  FAIL  The run ended early: an error that nobody waits for (above), or a hook that never settles.');
  console.log(`\n${countLine({ ...total, failed: total.failed + 1 })}`);
  process.exitCode = 1;
});

const files = testFiles();
const needsExecutable = wantsReal || wantsKubectl || files.some((path) => path.startsWith('e2e'));
const steps: Record<string, () => Promise<Result>> = {
  ...(needsExecutable ? { build: runBuild } : {}),
  ...(words.length === 0 ? { tools: buildTools } : {}),
  tests: () => runFiles(here, files),
  ...(wantsKubectl ? { kubectl: () => runSameAsKubectl(kubectlWord?.slice('kubectl/'.length)) } : {}),
  ...(wantsReal ? { 'real cluster': () => runReal(isWantedScenario) } : {}),
};
for (const [name, action] of Object.entries(steps)) {
  const result = await step(name, action);
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
}
isComplete = true;
if (total.passed + total.failed === 0) {
  console.log(`  FAIL  Nothing in test/ matches ${words.join(' ')}.`);
  total.failed += 1;
}
console.log(`\n${countLine(total)}`);
process.exit(total.failed === 0 ? 0 : 1);
