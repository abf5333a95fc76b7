import { setTimeout as pause } from 'node:timers/promises';
import { type Cluster, run } from './cluster.ts';

/** Runs the real kubectl against the cluster and gives its stdout; rejects with the command and what it said. */
export async function kubectl(cluster: Cluster, args: readonly string[], input?: string): Promise<string> {
  const done = await run(cluster, 'kubectl', args, input === undefined ? {} : { input });
  if (done.code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${done.stderr.trim()}`);
  return done.stdout;
}

/** Reads an object or a list; `null` when it does not exist. */
export async function get<T>(cluster: Cluster, args: readonly string[]): Promise<T | null> {
  const text = await kubectl(cluster, ['get', '--ignore-not-found', '--output=json', ...args]);
  return text === '' ? null : (JSON.parse(text) as T);
}

/** Creates objects as `kubectl create` does. */
export async function create(cluster: Cluster, ...objects: readonly object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  await kubectl(cluster, ['create', '--filename=-'], JSON.stringify(list));
}

/** Merges a change into an object, such as `patch(cluster, ['deployment', 'virt-operator'], {spec: …})`. */
export async function patch(cluster: Cluster, target: readonly string[], change: object): Promise<void> {
  await kubectl(cluster, ['patch', ...target, '--type=merge', `--patch=${JSON.stringify(change)}`]);
}

/** Asks twice a second until the answer is yes; rejects after `seconds`, naming what was waited for. */
export async function waitUntil(what: string, seconds: number, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + seconds * 1000;
  let last: unknown = null;
  while (performance.now() < end) {
    try {
      if (await ask()) return;
      last = null;
    } catch (error) {
      last = error;
    }
    await pause(500);
  }
  throw new Error(`after ${seconds} s still not true: ${what}`, { cause: last });
}
