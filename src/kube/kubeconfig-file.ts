import { dirname, isAbsolute, join } from 'node:path';
import { parseDocument } from 'yaml';
import { AccessError } from '../model/errors.ts';

/** Entries as a kubeconfig spells them (client-go tools/clientcmd/api/v1/types.go); any of it may be of another type in the file. */
export type ClusterEntry = Readonly<
  Partial<{
    server: string;
    'tls-server-name': string;
    'insecure-skip-tls-verify': boolean;
    'certificate-authority': string;
    'certificate-authority-data': string;
    'proxy-url': string;
    'disable-compression': boolean;
  }>
>;
export type ContextEntry = Readonly<Partial<{ cluster: string; user: string; namespace: string }>>;
export type UserEntry = Readonly<
  Partial<{
    'client-certificate': string;
    'client-certificate-data': string;
    'client-key': string;
    'client-key-data': string;
    token: string;
    tokenFile: string;
    as: string;
    'as-uid': string;
    'as-groups': string[];
    'as-user-extra': Record<string, string[]>;
    username: string;
    password: string;
    'auth-provider': { name?: string; config?: Record<string, string> };
    exec: ExecEntry;
  }>
>;
export type ExecEntry = Readonly<
  Partial<{
    apiVersion: string;
    command: string;
    args: string[];
    env: { name?: string; value?: string }[];
    installHint: string;
    provideClusterInfo: boolean;
    interactiveMode: string;
  }>
>;

export interface Kubeconfig {
  currentContext: string | null;
  clusters: ReadonlyMap<string, ClusterEntry>;
  contexts: ReadonlyMap<string, ContextEntry>;
  users: ReadonlyMap<string, UserEntry>;
}

type Fields = Record<string, unknown>;
const PATH_FIELDS = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

/** Reads one kubeconfig; paths in it are relative to its folder. Null when it is empty; throws an AccessError when it is none. */
export function parseKubeconfig(path: string, text: string): Kubeconfig | null {
  const document = parseDocument(text, { logLevel: 'error' });
  const [error] = document.errors;
  if (error) {
    const [what] = error.message.split(/ at line |\n/);
    throw kubeconfigError(`kubeconfig ${path} is not valid YAML: line ${error.linePos?.[0].line ?? 1}: ${what}`);
  }
  const config: unknown = document.toJS();
  if (config === null || config === undefined) return null;
  if (!isFields(config)) throw kubeconfigError(`${path} is not a kubeconfig; give another one with --kubeconfig`);
  const currentContext = config['current-context'];
  return {
    currentContext: typeof currentContext === 'string' && currentContext !== '' ? currentContext : null,
    clusters: entries(config.clusters, 'cluster', path),
    contexts: entries(config.contexts, 'context', path),
    users: entries(config.users, 'user', path),
  };
}

export function kubeconfigError(message: string): AccessError {
  return new AccessError('kubeconfig', message);
}

/** Named entries of one sort; the first of a name counts. */
function entries(named: unknown, sort: string, path: string): Map<string, Fields> {
  const list = Array.isArray(named) ? named.filter(isFields) : [];
  const pairs = list.map(({ name, [sort]: entry }) => [String(name), isFields(entry) ? entry : {}] as const);
  return new Map(pairs.toReversed().map(([name, entry]) => [name, absolute(entry, dirname(path))]));
}

function absolute(entry: Fields, folder: string): Fields {
  const resolved = Object.entries(entry).map(([key, value]) => [
    key,
    PATH_FIELDS.includes(key) && typeof value === 'string' ? inFolder(value, folder) : value,
  ]);
  const { exec, ...rest } = Object.fromEntries(resolved);
  return isFields(exec) ? { ...rest, exec: { ...exec, command: commandIn(exec.command, folder) } } : rest;
}

/** A plugin is looked up on PATH unless its name is a path. */
function commandIn(command: unknown, folder: string): unknown {
  return typeof command === 'string' && /[\\/]/.test(command) ? inFolder(command, folder) : command;
}

function inFolder(path: string, folder: string): string {
  return path === '' || isAbsolute(path) ? path : join(folder, path);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
