import type { KubernetesObject } from '../model/kubernetes.ts';
import { refusalOf } from '../model/refusal.ts';
import type { Answer, ApiRequest } from '../model/request.ts';
import type { Archive } from './archive.ts';
import { isAsked } from './asked.ts';
import { byKey, from, tokenBehind } from './continue.ts';
import { logAnswer } from './log.ts';
import { nodeTable } from './node-table.ts';
import { isCustomGroup, parsePath, type ResourcePath, resourceOf } from './resource.ts';
import { fieldMatcher, labelMatcher } from './selectors.ts';

/** Answers one GET from an archive as the API server would have: objects, lists with selectors and limits, Tables of nodes. */
export function answerFrom(archive: Archive, request: ApiRequest): Answer {
  const refused = archive.about.refused.find(({ path }) => covers(path, request.path));
  if (refused) return refusalOf(refused.status, refused.message);
  if (request.form === 'text') return logAnswer(archive.about.logs, request) ?? withoutLog(archive, request);
  if (archive.about.asked !== null && !isAsked(archive.about.asked, request)) return notRecorded(request);
  if (request.path === '/version') return versionAnswer(archive);
  const path = parsePath(request.path);
  if (!path) return { status: 'absent' };
  const known = archive.objects.filter((object) => resourceOf(object) === `${path.group}/${path.resource}`);
  const inScope = known.filter((object) => path.namespace === null || object.metadata?.namespace === path.namespace);
  if (inScope.length === 0 && !archive.complete) return notRecorded(request);
  if (path.name !== null) return objectAnswer(inScope, path.name, request);
  const served = request.path in archive.about.counts || isServed(archive, path, known);
  return served ? listAnswer(archive, path, inScope, request) : { status: 'absent' };
}

/** A cluster that was written by hand has the logs that are written, and no others. */
function withoutLog({ about, complete }: Archive, request: ApiRequest): Answer {
  return complete && about.asked === null ? { status: 'absent' } : notRecorded(request);
}

function covers(refused: string, path: string): boolean {
  return refused.endsWith('*') ? path.startsWith(refused.slice(0, -1)) : path === refused;
}

function versionAnswer({ about, complete }: Archive): Answer {
  const gitVersion = about.kubernetes;
  if (gitVersion === null) return complete ? { status: 'absent' } : notRecorded({ path: '/version' });
  const [, major = '', minor = ''] = /^v?(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return { status: 'read', body: { major, minor, gitVersion } };
}

function notRecorded({ path }: ApiRequest): Answer {
  return { status: 'failed', reason: 'not-recorded', message: `the archive holds nothing for ${path}` };
}

function objectAnswer(objects: KubernetesObject[], name: string, { form }: ApiRequest): Answer {
  const object = objects.find((one) => one.metadata?.name === name);
  if (!object) return { status: 'absent' };
  return { status: 'read', body: form === 'metadata' ? metadataOnly(object) : object };
}

function metadataOnly({ metadata }: KubernetesObject): KubernetesObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: metadata ?? {} };
}

/** A custom resource is served when an object of it is there, or a CustomResourceDefinition of its group. */
function isServed(archive: Archive, { group }: ResourcePath, known: KubernetesObject[]): boolean {
  if (!isCustomGroup(group) || known.length > 0) return true;
  return archive.objects.some(
    ({ kind, metadata }) => kind === 'CustomResourceDefinition' && String(metadata?.name).endsWith(`.${group}`),
  );
}

function listAnswer(archive: Archive, path: ResourcePath, objects: KubernetesObject[], request: ApiRequest): Answer {
  const { labelSelector = '', fieldSelector = '', limit = '0', continue: token = '' } = request.query ?? {};
  const hasLabels = labelMatcher(labelSelector);
  const hasFields = fieldMatcher(fieldSelector);
  const listed = objects.filter((object) => hasLabels(object) && hasFields(object)).sort(byKey);
  const matching = from(token, listed, path.namespace);
  const items = Number(limit) > 0 ? matching.slice(0, Number(limit)) : matching;
  const selected = labelSelector !== '' || fieldSelector !== '';
  const total =
    selected || token !== '' ? matching.length : Math.max(matching.length, archive.about.counts[request.path] ?? 0);
  const metadata = listMetadata(total - items.length, selected, tokenBehind(items.at(-1), path.namespace));
  if (request.form === 'table' && path.resource === 'nodes') {
    return { status: 'read', body: { ...nodeTable(items), metadata } };
  }
  const body = {
    kind: `${items[0]?.kind ?? ''}List`,
    apiVersion: path.group === '' ? path.version : `${path.group}/${path.version}`,
    metadata,
    items: request.form === 'metadata' ? items.map(metadataOnly) : items,
  };
  return { status: 'read', body };
}

/** The server counts the rest only without selectors (Kubernetes 1.36 apiserver pkg/storage/continue.go PrepareContinueToken). */
function listMetadata(remaining: number, selected: boolean, token: string): Record<string, unknown> {
  if (remaining <= 0) return {};
  return { continue: token, ...(!selected && { remainingItemCount: remaining }) };
}
