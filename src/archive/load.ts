import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, parseAllDocuments } from 'yaml';
import { UserError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Archive, ArchiveAbout, RefusedPath } from './archive.ts';
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
  const content = readFileSync(file, 'utf8');
  const json = jsonValue(content);
  if (json !== undefined) return isRecord(json) ? [json] : [];
  const documents = parseAllDocuments(content, { logLevel: 'error' });
  return [...documents].flatMap((document) => {
    const [error] = document.errors;
    if (error) {
      const { line = 0, col = 0 } = error.linePos?.[0] ?? {};
      const [what] = error.message.split(/ at line |\n/);
      throw new UserError(`${file} is not valid YAML: line ${line}, column ${col}: ${what}`);
    }
    const value = plainValue(document, file);
    return isRecord(value) ? [value] : [];
  });
}

/** JSON is YAML too, but a parser of YAML takes a hundred times as long for it. */
function jsonValue(content: string): unknown {
  if (!/^\uFEFF?\s*\{/.test(content)) return undefined;
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Throws where aliases would grow it beyond all bounds. */
function plainValue(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const message = `${file} is not valid YAML: ${error instanceof Error ? error.message : error}`;
    throw Object.assign(new UserError(message), { cause: error });
  }
}

function isHeader(document: YamlObject): boolean {
  return Array.isArray(document.objects) && typeof document.readAt === 'string';
}

/** The objects of one document. The items of a typed list carry no kind: it is the list's. */
function expand(document: YamlObject): KubernetesObject[] {
  if (!isTyped(document)) return [];
  const { kind, apiVersion } = document;
  if (!kind.endsWith('List') || !('items' in document)) return [document];
  const inherited = kind === 'List' ? {} : { kind: kind.slice(0, -'List'.length), apiVersion };
  const items = Array.isArray(document.items) ? document.items.filter(isRecord) : [];
  return itemsOf(items.map((item) => ({ ...inherited, ...item })));
}

/** The objects that say what they are; what is in them is nobody's business here. */
function itemsOf(items: unknown): KubernetesObject[] {
  return Array.isArray(items) ? items.filter(isTyped) : [];
}

function isTyped(item: unknown): item is YamlObject & { kind: string; apiVersion: string } {
  return isRecord(item) && typeof item.kind === 'string' && typeof item.apiVersion === 'string';
}

function aboutOf(header: YamlObject | undefined, objects: KubernetesObject[], path: string): ArchiveAbout {
  const { origin, kubernetes, kubevirt, readAt, refused, asked, counts, logs } = header ?? {};
  const { mtime } = statSync(path);
  return {
    origin: origin === 'recorded' || origin === 'written' ? origin : null,
    kubernetes: text(kubernetes),
    kubevirt: text(kubevirt),
    readAt: text(readAt) ?? newestTime(objects, mtime) ?? mtime.toISOString(),
    refused: Array.isArray(refused) ? refused.filter(isRefusal) : [],
    asked: Array.isArray(asked) ? asked.map(String) : null,
    counts: isRecord(counts) ? Object.fromEntries(Object.entries(counts).filter(isCount)) : {},
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

function isRefusal(one: unknown): one is RefusedPath {
  const { path, status, message } = isRecord(one) ? one : {};
  return typeof path === 'string' && typeof status === 'number' && typeof message === 'string';
}

function isCount(entry: [string, unknown]): entry is [string, number] {
  return Number.isSafeInteger(entry[1]);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isRecord(value: unknown): value is YamlObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
