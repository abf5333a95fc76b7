import { existsSync } from 'node:fs';
import process from 'node:process';
import { prepare } from '../cluster/base.ts';
import { buildObstacle } from '../cluster/build.ts';
import { type Cluster, run } from '../cluster/cluster.ts';
import { networkObstacle } from '../cluster/network.ts';
import { explained } from '../cluster/progress.ts';
import { type Scenario, scenario, scenarioNames, withScenario } from '../cluster/scenario.ts';
import { secondsOfWaiting, sideBySide } from '../cluster/side-by-side.ts';
import type { Check } from './check.ts';
import { checksOf } from './checks.ts';
import { PROGRAM } from './program.ts';

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

/**
 * Breaks one real cluster per scenario and asks the shipped executable what is wrong with it; then, where it says so, has it repair
 * that, or live through trouble meanwhile. Each of these counts.
 */
export async function runReal(wanted: (name: string) => boolean = () => true): Promise<Totals> {
  const names = scenarioNames().filter(wanted);
  const obstacle = networkObstacle() ?? (await buildObstacle()) ?? missingProgram();
  if (obstacle !== null) return skipAll(names, obstacle);
  await prepare();
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const tell: Tell = (complaint, text) => {
    totals[complaint === null ? 'passed' : 'failed'] += 1;
    console.log(`  ${complaint === null ? 'ok   ' : 'FAIL '} ${text}${complaint ?? ''}`);
  };
  await sideBySide(names, (name) => tryScenario(name, tell), secondsOf);
  return totals;
}

/** Says that something is as it should be, or why not. */
type Tell = (complaint: string | null, text: string) => void;

/** A cluster that would not start or break is made once more; a wrong answer counts at once. */
async function tryScenario(name: string, tell: Tell, isLastTry = false): Promise<void> {
  try {
    await withScenario(name, async ({ scenario, cluster, start, rest }) => {
      const { complaint, milliseconds } = await ask(scenario, cluster);
      tell(complaint, `${name}: answered in ${milliseconds} ms (${secondsSince(start)} s in all)`);
      rest();
      for (const check of checksOf(name, scenario)) await tryCheck(name, check, cluster, tell);
    });
  } catch (error) {
    const text = `${name}: the cluster could not be broken: ${explained(error)}`;
    if (isLastTry) return tell('', text);
    console.log(`  AGAIN ${text}`);
    return tryScenario(name, tell, true);
  }
}

async function tryCheck(name: string, check: Check, cluster: Cluster, tell: Tell): Promise<void> {
  const start = performance.now();
  try {
    const said = await check.run(cluster);
    tell(null, `${name}: ${check.name}${said ? `: ${said}` : ''} (${secondsSince(start)} s)`);
  } catch (error) {
    tell(`:\n${indented(explained(error))}`, `${name}: ${check.name}`);
  }
}

/** How long a scenario mostly waits. */
async function secondsOf(name: string): Promise<number> {
  const waits = await secondsOfWaiting(name);
  const checks = await scenario(name).then(
    (one) => checksOf(name, one),
    () => [],
  );
  return checks.reduce((sum, { seconds }) => sum + seconds, waits);
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(0);
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
