import { setTimeout as pause } from 'node:timers/promises';
import { post, read } from './api.ts';
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

/** Creates objects as `kubectl create` does, of any kind that the API server has. */
export async function create(cluster: Cluster, ...objects: readonly object[]): Promise<void> {
  for (const object of objects) await post(cluster, await collectionOf(cluster, object as ApiObject), object);
}

/** Merges a change into an object, such as `patch(cluster, ['deployment', 'virt-operator'], {spec: …})`. */
export async function patch(cluster: Cluster, target: readonly string[], change: object): Promise<void> {
  await kubectl(cluster, ['patch', ...target, '--type=merge', `--patch=${JSON.stringify(change)}`]);
}

/** Asks often at first, then twice a second, until the answer is yes; rejects after `seconds`, naming what was waited for. */
export async function waitUntil(what: string, seconds: number, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + seconds * 1000;
  let last: unknown = null;
  for (let interval = 50; performance.now() < end; interval = Math.min(interval * 1.2, 500)) {
    try {
      if (await ask()) return;
      last = null;
    } catch (error) {
      last = error;
    }
    await pause(interval);
  }
  throw new Error(`after ${seconds} s still not true: ${what}`, { cause: last });
}

interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: { namespace?: string };
}

interface ResourceList {
  resources: { name: string; kind: string; namespaced: boolean }[];
}

/** The path under which objects of that kind are created. */
async function collectionOf(cluster: Cluster, { apiVersion, kind, metadata }: ApiObject): Promise<string> {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const list = await read<ResourceList>(cluster, root);
  const found = list?.resources.find((one) => one.kind === kind && !one.name.includes('/'));
  if (found === undefined) throw new Error(`the API server has no kind ${kind} in ${apiVersion}`);
  const folder = found.namespaced ? `${root}/namespaces/${metadata.namespace ?? 'default'}` : root;
  return `${folder}/${found.name}`;
}
