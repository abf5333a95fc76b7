import { dirname } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument, type Tags } from 'yaml';
import { AccessError } from '../../model/errors.ts';
import { withWholePaths } from './kubeconfig-paths.ts';
import { type Misfit, misfitOf } from './kubeconfig-shape.ts';

/** Entries as a kubeconfig spells them (client-go tools/clientcmd/api/v1/types.go). */
export type ClusterEntry = Readonly<
  Partial<{
    server: string;
    'tls-server-name': string;
    'insecure-skip-tls-verify': boolean;
    'certificate-authority': string;
    'certificate-authority-data': string;
    'proxy-url': string;
    'disable-compression': boolean;
    extensions: readonly { name?: string; extension?: unknown }[];
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

/**
 * Reads one kubeconfig; paths in it are relative to its folder. An empty one holds nothing. Throws an AccessError that says where, when
 * kubectl could not read it either: no YAML, a value of a wrong type, a name that is given twice.
 */
export function parseKubeconfig(path: string, text: string): Kubeconfig {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    logLevel: 'error',
    lineCounter: lines,
    version: '1.1',
    uniqueKeys: false,
    customTags: (tags) => tags.filter((tag) => !isTime(tag)),
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  // Like kubectl, only the first of several documents.
  const error = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS');
  if (error) {
    const [what] = error.message.split(/ at line |\n/);
    throw kubeconfigError(`kubeconfig ${at(error.pos[0])} is not valid YAML: ${what}`);
  }
  const config: unknown = document.toJS() ?? {};
  const wrong = isFields(config) ? misfitOf(config) : null;
  if (wrong) throw kubeconfigError(`kubeconfig ${at(offsetOf(document, wrong.path))}: ${words(wrong)}`);
  if (!isFields(config) || !isKubeconfig(config)) {
    throw kubeconfigError(`${path} is not a kubeconfig; give another one with --kubeconfig`);
  }
  return {
    currentContext: (config['current-context'] as string | undefined) || null,
    clusters: entries(config.clusters, 'cluster', path),
    contexts: entries(config.contexts, 'context', path),
    users: entries(config.users, 'user', path),
  };
}

/** Dates and times, which go-yaml, and so kubectl, leaves as they are written. */
function isTime(tag: Tags[number]): boolean {
  return typeof tag === 'object' && (/:timestamp$/.test(tag.tag) || ('format' in tag && tag.format === 'TIME'));
}

export function kubeconfigError(message: string): AccessError {
  return new AccessError('kubeconfig', message);
}

function isKubeconfig({ kind, apiVersion }: Fields): boolean {
  return (kind || 'Config') === 'Config' && (apiVersion || 'v1') === 'v1';
}

/** The value itself is not repeated: it may be a secret. */
function words({ path, wanted, found }: Misfit): string {
  const where = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return `${where.slice(1)} must be ${wanted}${found === wanted || wanted === 'base64' ? '' : `, and is ${found}`}`;
}

/** Where a value begins, or what holds it when it came by way of an alias. */
function offsetOf(document: Document, path: Misfit['path']): number {
  const node = document.getIn(path, true);
  if (isNode(node) && node.range) return node.range[0];
  return path.length > 0 ? offsetOf(document, path.slice(0, -1)) : 0;
}

/** Named entries of one sort, without what is null. */
function entries(named: unknown, sort: string, path: string): Map<string, Fields> {
  const list = Array.isArray(named) ? named.map((one) => (isFields(one) ? one : {})) : [];
  const found = new Map<string, Fields>();
  for (const { name, [sort]: entry } of list) {
    const key = (name ?? '') as string;
    if (found.has(key)) {
      throw kubeconfigError(`kubeconfig ${path} has two entries named "${key}" in ${sort}s; remove or rename one`);
    }
    found.set(key, withWholePaths(isFields(entry) ? entry : {}, dirname(path)));
  }
  return found;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
