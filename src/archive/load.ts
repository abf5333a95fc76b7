import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { UserError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Archive, ArchiveAbout } from './archive.ts';
import { newestTime } from './newest-time.ts';

const CLUSTER_FILE = 'cluster.yaml';
const MAX_BYTES = 256 * 1024 * 1024;
type YamlObject = Record<string, unknown>;

/**
 * Loads an archive: a `cluster.yaml` (or the folder it lies in), or YAML or JSON as `kubectl get` prints it, one file or a folder of them.
 * Throws a UserError that names the file, and the line where the YAML is broken.
 */
export function loadArchive(path: string): Archive {
  const files = yamlFiles(path);
  const documents = files.flatMap(readDocuments);
  const header = documents.find(isHeader);
  const objects = documents.flatMap((document) => (isHeader(document) ? itemsOf(document.objects) : expand(document)));
  if (header === undefined && objects.length === 0) {
    throw new UserError(`${path} holds no Kubernetes objects; give a bundle, or a file made with kubectl get -o yaml`);
  }
  return { about: aboutOf(header, objects, path), objects, complete: header !== undefined };
}

function yamlFiles(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UserError(`${path} does not exist`);
  if (!stat.isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  if (names.includes(CLUSTER_FILE)) return [join(path, CLUSTER_FILE)];
  const files = names.filter((name) => /\.(ya?ml|json)$/.test(name)).map((name) => join(path, name));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  if (bytes > MAX_BYTES)
    throw new UserError(`${path} holds more than 256 MiB of YAML; give the folder of the operator's namespace`);
  return files;
}

function readDocuments(file: string): YamlObject[] {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { logLevel: 'error' });
  return [...documents].flatMap((document) => {
    const [error] = document.errors;
    if (error) {
      const { line = 0, col = 0 } = error.linePos?.[0] ?? {};
      const [what] = error.message.split(/ at line |\n/);
      throw new UserError(`${file} is not valid YAML: line ${line}, column ${col}: ${what}`);
    }
    const value: unknown = document.toJS();
    return isRecord(value) ? [value] : [];
  });
}

function isHeader(document: YamlObject): boolean {
  return Array.isArray(document.objects) && typeof document.readAt === 'string';
}

/** The objects of one document. The items of a typed list carry no kind: it is the list's. */
function expand(document: YamlObject): KubernetesObject[] {
  const { kind, apiVersion } = document;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return [];
  if (!kind.endsWith('List') || !('items' in document)) return [document];
  const inherited = kind === 'List' ? {} : { kind: kind.slice(0, -'List'.length), apiVersion };
  return itemsOf(document.items).map((item) => ({ ...inherited, ...item }));
}

function itemsOf(items: unknown): KubernetesObject[] {
  return Array.isArray(items) ? items.filter(isRecord) : [];
}

function aboutOf(header: YamlObject | undefined, objects: KubernetesObject[], path: string): ArchiveAbout {
  const { origin, kubernetes, kubevirt, readAt, refused, asked, counts, logs } = (header ??
    {}) as Partial<ArchiveAbout>;
  return {
    origin: origin ?? null,
    kubernetes: kubernetes ?? null,
    kubevirt: kubevirt ?? null,
    readAt: readAt ?? newestTime(objects) ?? statSync(path).mtime.toISOString(),
    refused: Array.isArray(refused) ? refused : [],
    asked: Array.isArray(asked) ? asked.map(String) : null,
    counts: counts ?? {},
    logs: isRecord(logs) ? Object.fromEntries(Object.entries(logs).map(([url, lines]) => [url, linesOf(lines)])) : {},
  };
}

/** A list of lines; by hand a text is easier to write. */
function linesOf(lines: unknown): string[] {
  return Array.isArray(lines)
    ? lines.map(String)
    : String(lines ?? '')
        .trimEnd()
        .split('\n');
}

function isRecord(value: unknown): value is YamlObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
