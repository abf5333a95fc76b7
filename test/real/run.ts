import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { prepare } from '../cluster/base.ts';
import { buildObstacle } from '../cluster/build.ts';
import { type Cluster, run } from '../cluster/cluster.ts';
import { networkObstacle } from '../cluster/network.ts';
import { explained } from '../cluster/progress.ts';
import { type Scenario, scenarioNames, withScenario } from '../cluster/scenario.ts';
import { sideBySide } from '../cluster/side-by-side.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'kubectl-virtop');

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** What the shipped executable answered, as `-o json` says it. */
interface Answer {
  verdict?: string;
  causes?: { code?: string }[];
}

/** Breaks one real cluster per scenario and asks the shipped executable what is wrong with it. */
export async function runReal(wanted: (name: string) => boolean = () => true): Promise<Totals> {
  const names = scenarioNames().filter(wanted);
  const obstacle = networkObstacle() ?? (await buildObstacle()) ?? missingProgram();
  if (obstacle !== null) return skipAll(names, obstacle);
  await prepare();
  const totals = { passed: 0, failed: 0, skipped: 0 };
  await sideBySide(names, async (name) => {
    totals[(await tryScenario(name)) === null ? 'passed' : 'failed'] += 1;
  });
  return totals;
}

/** Why a scenario failed, or null. A cluster that would not start or break is made once more; a wrong answer counts at once. */
async function tryScenario(name: string, isLastTry = false): Promise<string | null> {
  try {
    return await withScenario(name, async ({ scenario, cluster, start }) => {
      const { complaint, milliseconds } = await ask(scenario, cluster);
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      const verdict = complaint === null ? 'ok   ' : 'FAIL ';
      console.log(`  ${verdict} ${name}: answered in ${milliseconds} ms (${seconds} s in all)${complaint ?? ''}`);
      return complaint;
    });
  } catch (error) {
    const verdict = isLastTry ? 'FAIL ' : 'AGAIN';
    console.log(`  ${verdict} ${name}: the cluster could not be broken: ${explained(error)}`);
    return isLastTry ? explained(error) : tryScenario(name, true);
  }
}

async function ask(scenario: Scenario, cluster: Cluster): Promise<{ complaint: string | null; milliseconds: number }> {
  const done = await run(cluster, PROGRAM, ['status', '--output=json'], { seconds: 30 });
  const answer = parse(done.stdout);
  const got = { verdict: answer.verdict, exitCode: done.code, cause: answer.causes?.[0]?.code ?? null };
  const { expects } = scenario;
  const same = got.verdict === expects.verdict && got.exitCode === expects.exitCode && got.cause === expects.cause;
  if (same) return { complaint: null, milliseconds: done.milliseconds };
  const text = await run(cluster, PROGRAM, ['status'], { seconds: 30 });
  const complaint = `\n    wanted ${JSON.stringify(expects)}\n    got    ${JSON.stringify(got)}\n${indented(text.stdout + text.stderr)}`;
  return { complaint, milliseconds: done.milliseconds };
}

function parse(text: string): Answer {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}

function missingProgram(): string | null {
  return existsSync(PROGRAM) ? null : 'dist/kubectl-virtop does not exist: `npm run build` makes it';
}

/** On a person's machine what cannot run is skipped; in CI it is a failure. */
function skipAll(names: readonly string[], why: string): Totals {
  const inCi = Boolean(process.env.CI);
  console.log(`  ${inCi ? 'FAIL ' : 'SKIPPED'} ${names.length} real-cluster scenarios: ${why}`);
  return { passed: 0, failed: inCi ? names.length : 0, skipped: inCi ? 0 : names.length };
}

if (import.meta.main) {
  const words = process.argv.slice(2);
  const totals = await runReal((name) => words.length === 0 || words.includes(name));
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exitCode = totals.failed === 0 ? 0 : 1;
}
