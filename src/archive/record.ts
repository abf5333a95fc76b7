import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Answer, ApiRequest, Ask } from '../model/request.ts';
import type { Archive, RefusedPath } from './archive.ts';
import { askedUrl } from './asked.ts';
import { logLines } from './log.ts';
import { nodesOfTable } from './node-table.ts';
import { isCustomGroup, parsePath } from './resource.ts';

/** Kinds of objects that are asked for as metadata only: the answer does not say which kind it is cut from. */
const CUT_KINDS: Record<string, { kind: string; apiVersion: string }> = {
  customresourcedefinitions: { kind: 'CustomResourceDefinition', apiVersion: 'apiextensions.k8s.io/v1' },
  virtualmachineinstances: { kind: 'VirtualMachineInstance', apiVersion: 'kubevirt.io/v1' },
};
const STATUS: Record<string, number> = { 'auth-unauthorized': 401, 'api-throttled': 429, 'api-degraded': 503 };

type Body = Record<string, unknown> & { metadata?: { remainingItemCount?: number } };

/** An Ask that keeps what passes through it. */
export interface Recording {
  ask: Ask;
  /** Every object that was read, once; of nodes that only a Table named, what the Table said. */
  objects(): KubernetesObject[];
  refused(): RefusedPath[];
  /** The requests that were answered, by the cluster or with a refusal that `refused` has. */
  asked(): string[];
  /** How many objects there were under each path whose list was cut short, or of a custom resource and empty. */
  counts(): Archive['about']['counts'];
  /** The logs that were read, `clean` passed over each as a whole. */
  logs(clean: (text: string) => string): Archive['about']['logs'];
  /** The API server's version, if it was asked for. */
  kubernetes(): string | null;
}

/** Wraps `ask` so that an archive can be written from the answers. */
export function recordingAsk(ask: Ask): Recording {
  const answers: [ApiRequest, Answer][] = [];
  return {
    ask: async (request) => {
      const answer = await ask(request);
      answers.push([request, answer]);
      return answer;
    },
    objects: () => unique(answers.flatMap(([request, answer]) => objectsOf(request, answer))),
    refused: () => answers.flatMap(([request, answer]) => refusedPath(request, answer)),
    asked: () =>
      [
        ...new Set(answers.flatMap(([request, answer]) => (isAnswer(request, answer) ? [askedUrl(request)] : []))),
      ].sort(),
    counts: () => Object.fromEntries(answers.flatMap(([request, answer]) => countOf(request, answer))),
    logs: (clean) => Object.fromEntries(answers.flatMap(([request, answer]) => logLines(request, answer, clean))),
    kubernetes: () => answers.map(([, answer]) => gitVersion(answer)).find((version) => version !== null) ?? null,
  };
}

/** A request that brought nothing that an archive can hold is one that it never asked; of logs it has those it has. */
function isAnswer({ form }: ApiRequest, answer: Answer): boolean {
  if (form === 'text') return false;
  return answer.status !== 'failed' || STATUS[answer.reason] !== undefined;
}

function objectsOf({ path }: ApiRequest, answer: Answer): KubernetesObject[] {
  if (answer.status !== 'read') return [];
  const body = answer.body as Body;
  const kind = typeof body.kind === 'string' ? body.kind : '';
  if (kind === 'Table') return nodesOfTable(body);
  const cut = kind.startsWith('PartialObjectMetadata') ? CUT_KINDS[parsePath(path)?.resource ?? ''] : undefined;
  const type = cut ?? { kind: kind.replace(/List$/, ''), apiVersion: String(body.apiVersion ?? '') };
  // An empty list of metadata says `items: null` (Kubernetes 1.36).
  const items = body.items ?? (kind.endsWith('List') ? [] : null);
  if (Array.isArray(items)) return items.map((item: KubernetesObject) => ({ ...item, ...type }));
  return kind === '' ? [] : [{ ...(body as KubernetesObject), ...type }];
}

/** The fullest of several copies of an object. */
function unique(objects: KubernetesObject[]): KubernetesObject[] {
  const byKey = Map.groupBy(objects, ({ kind, metadata }) => `${kind}/${metadata?.namespace ?? ''}/${metadata?.name}`);
  return [...byKey.keys()].sort().flatMap((key) => {
    const copies = byKey.get(key) ?? [];
    return copies.toSorted((a, b) => size(b) - size(a)).slice(0, 1);
  });
}

function size(object: KubernetesObject): number {
  return JSON.stringify(object).length;
}

function refusedPath({ path }: ApiRequest, answer: Answer): RefusedPath[] {
  if (answer.status === 'forbidden') return [{ path, status: 403, message: answer.message }];
  const status = answer.status === 'failed' ? STATUS[answer.reason] : undefined;
  return answer.status === 'failed' && status !== undefined ? [{ path, status, message: answer.message }] : [];
}

function countOf({ path }: ApiRequest, answer: Answer): [string, number][] {
  if (answer.status !== 'read') return [];
  const { items, rows, metadata } = answer.body as Body;
  const remaining = metadata?.remainingItemCount ?? 0;
  const held = [items, rows].find(Array.isArray)?.length ?? 0;
  return remaining > 0 || (held === 0 && isCustomList(path)) ? [[path, held + remaining]] : [];
}

/** Of such a list only an answer tells that the cluster serves the resource at all. */
function isCustomList(path: string): boolean {
  const parsed = parsePath(path);
  return parsed?.name === null && isCustomGroup(parsed.group);
}

function gitVersion(answer: Answer): string | null {
  const version = answer.status === 'read' ? (answer.body as Body).gitVersion : null;
  return typeof version === 'string' ? version : null;
}
