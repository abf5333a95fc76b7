import { isDeepStrictEqual } from 'node:util';
import type { Repair as Done, RepairReport } from '../../src/model/repair.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { get, kubectl, waitUntil } from '../cluster/kubectl.ts';
import { keepOperatorAlive } from '../cluster/live-pods.ts';
import { IN_KUBEVIRT, operatorPods, stopOperator } from '../cluster/operator.ts';
import type { Repair } from '../cluster/scenario.ts';
import type { Check } from './check.ts';
import { virtop } from './program.ts';

const SECONDS = 150;

/** `mitigate` mends a broken cluster until the real virt-operator leads, and `undo` takes that back. */
export function repairCheck(wanted: Repair): Check {
  return {
    name: `mitigate ${wanted.action}`,
    seconds: (wanted.waits ?? 0) + 40,
    run: (cluster) => tryRepair(wanted, cluster),
  };
}

async function tryRepair(wanted: Repair, cluster: Cluster): Promise<string> {
  const running = (await operatorPods(cluster)).filter(({ status }) => status.phase === 'Running');
  const dead = wanted.keepsPods ? [] : running.map(({ metadata }) => metadata.uid);
  const end = keepOperatorAlive(cluster, dead);
  try {
    await wanted.before?.(cluster);
    const [said] = await Promise.all([mendAndUndo(wanted, cluster), wanted.meanwhile?.(cluster)]);
    return said;
  } finally {
    await end();
    await stopOperator(cluster);
  }
}

async function mendAndUndo(wanted: Repair, cluster: Cluster): Promise<string> {
  const name = wanted.named ? [wanted.action] : [];
  const trial = await answered(cluster, ['mitigate', ...name, '--dry-run=server']);
  expectLast(trial, { outcome: 'dryRun', action: wanted.first ?? wanted.action });
  const before = await states(cluster, trial.repairs);

  const mended = await answered(cluster, ['mitigate', ...name, '--yes', `--timeout=${SECONDS}s`]);
  expectLast(mended, { outcome: 'verified', action: wanted.action });
  const { seconds = null, leader = null } = mended.repairs.at(-1) ?? {};
  const names = (await operatorPods(cluster)).map(({ metadata }) => metadata.name);
  if (!names.includes(leader ?? '')) throw new Error(`nobody leads: ${leader}`);
  const event = ['get', 'events', IN_KUBEVIRT, '--field-selector=reason=VirtopMitigation', '--output=name'];
  if ((await kubectl(cluster, event)).trim() === '') throw new Error('no Event tells of the repair');

  const ids = mended.repairs.flatMap(({ undo }) => undo ?? []).reverse();
  if (wanted.undo !== ids.length > 0) throw new Error(`it can take back: ${ids.join(', ') || 'nothing'}`);
  for (const id of ids) expectLast(await answered(cluster, ['undo', id, '--yes']), { outcome: 'undone' });
  if (ids.length > 0) {
    await waitUntil('what was changed is as it was before', 20, async () =>
      isDeepStrictEqual(await states(cluster, trial.repairs), before),
    );
  }
  const many = mended.repairs.length > 1 ? ` (${mended.repairs.length} repairs)` : '';
  return `verified after ${seconds}s${many}, leader ${leader}${ids.length > 0 ? ', undone' : ''}`;
}

interface Answered {
  repairs: Done[];
  text: string;
}

async function answered(cluster: Cluster, args: readonly string[]): Promise<Answered> {
  const done = await virtop(cluster, [...args, '--output=json']);
  const text = `${args.join(' ')} ended with ${done.code}: ${done.stdout}${done.stderr}`;
  const { repairs = [] } = JSON.parse(done.stdout || '{}') as Partial<RepairReport>;
  return { repairs, text };
}

function expectLast({ repairs, text }: Answered, wanted: Partial<Record<'outcome' | 'action', string>>): void {
  const last = repairs.at(-1);
  const same = Object.entries(wanted).every(([key, value]) => last?.[key as keyof typeof wanted] === value);
  if (!same) throw new Error(`wanted ${JSON.stringify(wanted)}; ${text}`);
}

interface Stored {
  metadata: { labels?: object; annotations?: Record<string, string> };
  status?: unknown;
}

/** What is stored of the objects whose change can be taken back, without what the cluster itself writes. */
function states(cluster: Cluster, repairs: readonly Done[]): Promise<(object | null)[]> {
  const steps = repairs.flatMap((one) => one.steps).filter(({ notUndoable }) => notUndoable === null);
  return Promise.all(
    steps.map(async ({ object: { kind, namespace, name } }) => {
      const where = namespace === null ? [] : [`--namespace=${namespace}`];
      const found = await get<Stored>(cluster, [kind, name, ...where]);
      if (found === null) return null;
      const { status: _, metadata, ...rest } = found;
      const { 'deployment.kubernetes.io/revision': __, ...annotations } = metadata.annotations ?? {};
      return withoutTimes({ ...rest, labels: metadata.labels, annotations });
    }),
  );
}

/** The controller of nodes writes when it tainted one. */
function withoutTimes(object: object): object {
  return JSON.parse(JSON.stringify(object, (key, value) => (key === 'timeAdded' ? undefined : value)));
}
