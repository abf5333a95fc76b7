import { join } from 'node:path';
import type { World } from './world.ts';

type Fields = Record<string, unknown>;

/** A kubeconfig in the making. */
export interface Config {
  currentContext: string | null;
  clusters: Record<string, Fields>;
  contexts: Record<string, Fields>;
  users: Record<string, Fields>;
}

/** A case in the making: twists change it, one after the other. */
export interface Draft {
  /** Of the context that is current to begin with. */
  cluster: Fields;
  user: Fields;
  context: Fields;
  config: Config;
  /** The kubeconfig as text, where it is none that could be written from `config`. */
  text: string | null;
  /** Further kubeconfigs, by file name, and where all of them stand in $KUBECONFIG. */
  others: Record<string, Config | string>;
  list: readonly string[];
  /** How the first kubeconfig is given. */
  by: 'env' | 'flag' | 'home';
  env: Record<string, string>;
  flags: string[];
}

/** A twist of a case: what it is called, and what it changes. */
export type Twist = readonly [name: string, (draft: Draft, world: World) => void];

export const MAIN = 'main.yaml';

/** What every case starts from: context `main` with a token, and `other`, another cluster and a password. */
export function firstDraft(world: World): Draft {
  const { one, two } = world.ports;
  const cluster = { server: `https://127.0.0.1:${one}`, 'certificate-authority-data': authority(world, 'one') };
  const user = { token: 'token-of-u' };
  const context = { cluster: 'c', user: 'u' };
  const second = {
    server: `https://127.0.0.1:${two}`,
    'tls-server-name': 'two.example',
    'certificate-authority': 'pki/two.crt',
  };
  const config = {
    currentContext: 'main',
    clusters: { c: cluster, d: second },
    contexts: { main: context, other: { cluster: 'd', user: 'v', namespace: 'of-other' } },
    users: { u: user, v: { username: 'v', password: 'of-v' } },
  };
  const env = { HOME: join(world.folder, 'home'), PATH: '' };
  return { cluster, user, context, config, text: null, others: {}, list: [MAIN], by: 'env', env, flags: [] };
}

function authority(world: World, name: keyof World['certificates']): string {
  return base64(world.certificates[name].certificate);
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Replaces everything in it. */
export function become(fields: Fields, other: Fields): void {
  for (const key of Object.keys(fields)) delete fields[key];
  Object.assign(fields, other);
}

/** A kubeconfig as a file holds it: JSON, which is YAML. */
export function written(config: Config | string): string {
  if (typeof config === 'string') return config;
  const named = (sort: string, entries: Record<string, Fields>) =>
    Object.entries(entries).map(([name, entry]) => ({ name, [sort]: entry }));
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    ...(config.currentContext && { 'current-context': config.currentContext }),
    clusters: named('cluster', config.clusters),
    contexts: named('context', config.contexts),
    users: named('user', config.users),
  });
}
