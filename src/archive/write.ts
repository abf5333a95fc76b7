import { stringify } from 'yaml';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { ArchiveAbout } from './archive.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Kinds whose payload is never kept: it holds passwords and keys, and no diagnosis looks at it. */
const PAYLOAD_KINDS = new Set(['Secret', 'ConfigMap']);
/** The kind of which it matters who changed which field, and when. */
const CHANGED_BY = 'Deployment';
type Fields = Record<string, unknown>;

/** The text of a `cluster.yaml`: a header, then the objects, cut down and with every text passed through `redact`. */
export function clusterYaml(
  about: Partial<ArchiveAbout>,
  objects: readonly KubernetesObject[],
  redact: (text: string) => string,
): string {
  // Paths are this program's own text, and a long one looks like a key.
  const refused = about.refused?.map((one) => ({ ...one, message: redact(one.message) }));
  const head = withoutEmpty({ ...about, ...(refused && { refused }) });
  const document = { ...head, objects: objects.map((object) => redactTexts(cutDown(object), redact)) };
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** An object without what is secret, large or without use for a diagnosis. */
function cutDown(object: KubernetesObject): Fields {
  const { kind, apiVersion, metadata, ...rest } = object as Fields & KubernetesObject;
  const { managedFields, annotations, ...kept } = metadata ?? {};
  const { [LAST_APPLIED]: _, ...others } = annotations ?? {};
  return {
    apiVersion,
    kind,
    metadata: {
      ...kept,
      ...(Object.keys(others).length > 0 && { annotations: others }),
      ...(kind === CHANGED_BY && managedFields && { managedFields }),
    },
    ...withoutPayload(kind ?? '', rest),
  };
}

function withoutPayload(kind: string, rest: Fields): Fields {
  if (PAYLOAD_KINDS.has(kind)) return {};
  if (kind !== 'Node') return rest;
  const { images: _, ...status } = (rest.status ?? {}) as Fields;
  return { ...rest, status };
}

/** The same value with each of its texts, however deep, passed through `redact`. */
function redactTexts(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactTexts(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactTexts(inner, redact)]));
}

function withoutEmpty(about: Partial<ArchiveAbout>): Partial<ArchiveAbout> {
  const filled = Object.entries(about).filter(([, value]) => value !== null && !isEmpty(value));
  return Object.fromEntries(filled);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
