// Breaks one real cluster per scenario that `mitigate` mends, has the shipped executable mend it, and takes that back.
import { join } from 'node:path';
import process from 'node:process';
import { prepare } from '../cluster/base.ts';
import { type Cluster, run } from '../cluster/cluster.ts';
import { kubectl } from '../cluster/kubectl.ts';
import { keepOperatorAlive } from '../cluster/live-pods.ts';
import { IN_KUBEVIRT, operatorPods } from '../cluster/operator.ts';
import { explained } from '../cluster/progress.ts';
import { type Repair, type Scenario, scenario, scenarioNames, withScenario } from '../cluster/scenario.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'kubectl-virtop');
const SECONDS = 150;

interface Done {
  outcome?: string;
  action?: string | null;
  reason?: string | null;
  seconds?: number | null;
  leader?: string | null;
  undo?: string | null;
  waitingFor?: string | null;
}

/** Why the repair of a scenario is not as it should be; null when it is, then with how long it took. */
async function tryRepair(wanted: Repair, cluster: Cluster): Promise<string> {
  const running = (await operatorPods(cluster)).filter(({ status }) => status.phase === 'Running');
  const dead = running.map(({ metadata }) => metadata.uid);
  const stop = keepOperatorAlive(cluster, dead);
  try {
    await wanted.meanwhile?.(cluster);
    const name = wanted.named ? [wanted.action] : [];
    const trial = await answered(cluster, ['mitigate', ...name, '--dry-run=server']);
    expect(trial.last, { outcome: 'dryRun', action: wanted.action }, trial.text);
    const mended = await answered(cluster, ['mitigate', ...name, '--yes', `--timeout=${SECONDS}s`]);
    expect(mended.last, { outcome: 'verified', action: wanted.action }, mended.text);
    const { seconds, leader, undo } = mended.last;
    const names = (await operatorPods(cluster)).map(({ metadata }) => metadata.name);
    if (!names.includes(leader ?? '')) throw new Error(`nobody leads: ${leader}`);
    if (wanted.undo !== (undo !== null)) throw new Error(`undo: ${undo}`);
    const event = ['get', 'events', IN_KUBEVIRT, '--field-selector=reason=VirtopMitigation', '--output=name'];
    if ((await kubectl(cluster, event)).trim() === '') throw new Error('no Event tells of the repair');
    const undone = wanted.undo ? await answered(cluster, ['undo', undo ?? '', '--yes']) : null;
    if (undone) expect(undone.last, { outcome: 'undone' }, undone.text);
    return `verified after ${seconds}s (${mended.all} repairs), leader ${leader}${undone ? ', undone' : ''}`;
  } finally {
    await stop();
  }
}

/** Runs the executable and gives the last repair of its report. */
async function answered(cluster: Cluster, args: readonly string[]): Promise<{ last: Done; all: number; text: string }> {
  const env = { XDG_STATE_HOME: join(cluster.directory, 'state') };
  const done = await run(cluster, PROGRAM, [...args, '--output=json'], { seconds: SECONDS + 60, env });
  const text = `${args.join(' ')} ended with ${done.code}: ${done.stdout}${done.stderr}`;
  const { repairs = [] } = JSON.parse(done.stdout || '{}') as { repairs?: Done[] };
  return { last: repairs.at(-1) ?? {}, all: repairs.length, text };
}

function expect(got: Done, wanted: Done, text: string): void {
  const same = Object.entries(wanted).every(([key, value]) => got[key as keyof Done] === value);
  if (!same) throw new Error(`wanted ${JSON.stringify(wanted)}; ${text}`);
}

async function repairs(): Promise<[name: string, repair: Repair][]> {
  const all = await Promise.all((await scenarioNames()).map(async (name) => [name, await scenario(name)] as const));
  return all.flatMap(([name, one]: readonly [string, Scenario]) => (one.repair ? [[name, one.repair]] : []));
}

if (import.meta.main) {
  const words = process.argv.slice(2);
  const wanted = (await repairs()).filter(([name]) => words.length === 0 || words.includes(name));
  await prepare();
  let failed = 0;
  for (const [name, repair] of wanted) {
    const said = await withScenario(name, ({ cluster }) => tryRepair(repair, cluster)).catch((error: unknown) => {
      failed += 1;
      return `FAIL ${explained(error)}`;
    });
    console.log(`  ${name}: ${repair.action}: ${said}`);
  }
  process.exitCode = failed === 0 && wanted.length > 0 ? 0 : 1;
}
