import { BUSY, scenario } from './scenario.ts';

/** Clusters beside the busy ones that mostly wait for time to pass: each takes little but 0.7 GiB of memory. */
const WAITING = 4;

/**
 * Does the work for each scenario on as many clusters at a time as a small machine carries. Those that wait, the longest
 * first, take their turn with the others only to start (`withScenario`), so that the waiting costs no time of its own.
 */
export async function sideBySide(
  names: readonly string[],
  work: (name: string) => Promise<void>,
  waitsFor: (name: string) => Promise<number> = secondsOfWaiting,
): Promise<void> {
  const all = await Promise.all(names.map(async (name) => ({ name, waits: await waitsFor(name) })));
  const quick = all.filter(({ waits }) => waits === 0);
  const slow = all.filter(({ waits }) => waits > 0).sort((one, other) => other.waits - one.waits);
  const worker = async (queue: { name: string }[]) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next.name);
  };
  const workers = [...Array(WAITING).fill(slow), ...Array(BUSY).fill(quick)];
  await Promise.all(workers.map(worker));
}

/** How long a scenario waits until it is broken. The work says what is wrong with one that cannot be loaded. */
export async function secondsOfWaiting(name: string): Promise<number> {
  return (await scenario(name).catch(() => null))?.waits ?? 0;
}
