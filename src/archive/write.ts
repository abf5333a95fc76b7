import { stringify } from 'yaml';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { ArchiveAbout } from './archive.ts';
import { isPublicCertificates } from './public-certificates.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Kinds whose payload is not kept: it may hold passwords and keys. Of a ConfigMap public certificates are. */
const PAYLOAD_KINDS = new Set(['Secret', 'ConfigMap']);
/** The kinds of which it matters who changed which field, and when by the API server's clock. */
const CHANGED_BY = new Set(['Deployment', 'CustomResourceDefinition', 'Lease', 'ClusterRole', 'Role']);
type Fields = Record<string, unknown>;

/** The text of a `cluster.yaml`: a header, then the objects, cut down and with every text passed through `redact`; request paths are no secrets. */
export function clusterYaml(
  about: Partial<ArchiveAbout>,
  objects: readonly KubernetesObject[],
  redact: (text: string) => string,
): string {
  const refused = about.refused?.map((one) => ({ ...one, message: redact(one.message) }));
  const header = withoutEmpty({ ...about, ...(refused && { refused }) });
  const document = { ...header, objects: redactTexts(objects.map(cutDown), redact) };
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
      ...(CHANGED_BY.has(kind ?? '') && managedFields && { managedFields }),
    },
    ...withoutPayload(kind ?? '', rest),
  };
}

function withoutPayload(kind: string, rest: Fields): Fields {
  if (kind === 'ConfigMap') return publicData(rest.data);
  if (PAYLOAD_KINDS.has(kind)) return {};
  if (kind === 'CustomResourceDefinition')
    return { ...rest, ...(isFields(rest.spec) && { spec: unschematic(rest.spec) }) };
  if (kind !== 'Node') return rest;
  const { images: _, ...status } = (rest.status ?? {}) as Fields;
  return { ...rest, status };
}

/** The specification of a CustomResourceDefinition without the schemas of its versions, which are long. */
function unschematic(spec: Fields): Fields {
  const versions = Array.isArray(spec.versions) ? spec.versions : [];
  return { ...spec, versions: versions.map((one) => (isFields(one) ? { ...one, schema: undefined } : one)) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function publicData(data: unknown): Fields {
  const kept = Object.entries(data ?? {}).filter(([, value]) => isPublicCertificates(value));
  return kept.length > 0 ? { data: Object.fromEntries(kept) } : {};
}

/** The same value with each of its texts, however deep, passed through `redact`; public certificates stay as they are. */
function redactTexts(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return isPublicCertificates(value) ? value : redact(value);
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
