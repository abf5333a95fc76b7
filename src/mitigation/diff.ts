import type { Target } from '../model/action.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { redact } from '../objects/meta/redact.ts';
import { type ChangedField, changedFields, same } from './changed-fields.ts';
import { keyLines, yamlLines } from './yaml-lines.ts';

/** One line of a diff: what goes, what comes, or what stands around it. */
export interface DiffLine {
  sign: '-' | '+' | ' ';
  text: string;
}

/** A longer diff is cut: what a person is to agree to must fit on a screen. */
const MOST_LINES = 60;

/** How an object changes, in the manner of `kubectl diff`, with only what changes and where it stands. */
export function diffLines(before: KubernetesObject | null, after: KubernetesObject | null): DiffLine[] {
  const lines = before && after ? fieldLines(before, after) : wholeObject(before, after);
  const clean = lines.map(({ sign, text }) => ({ sign, text: redact(text) }));
  const left = clean.length - MOST_LINES;
  return left > 0 ? [...clean.slice(0, MOST_LINES), { sign: ' ', text: `... ${left} more lines` }] : clean;
}

/** What stands above a diff: `deployments.apps/virt-operator in namespace kubevirt`. */
export function diffTitle({ resource, name, namespace }: Target): string {
  return `${resource}/${name}${namespace === null ? '' : ` in namespace ${namespace}`}`;
}

function fieldLines(before: KubernetesObject, after: KubernetesObject): DiffLine[] {
  let above: string[] = [];
  return changedFields(before, after).flatMap((field) => {
    const path = field.path.slice(0, -1).map((part, index) => label(before, field.path.slice(0, index), part));
    const from = path.findIndex((part, index) => part !== above[index]);
    const fresh = from < 0 ? [] : path.slice(from).map((text, index) => around(text, from + index));
    above = path;
    return [...fresh, ...changeLines(field)];
  });
}

function around(text: string, depth: number): DiffLine {
  return { sign: ' ', text: `${'  '.repeat(depth)}${text}` };
}

/** The key of a level, or which item of a list: by its name where it has one. */
function label(object: KubernetesObject, path: readonly (string | number)[], part: string | number): string {
  if (typeof part === 'string') return `${part}:`;
  const parent = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], object);
  const item = (parent as Record<string, unknown>[] | undefined)?.[part];
  return `- ${typeof item?.name === 'string' ? `name: ${item.name}` : `# item ${part + 1}`}`;
}

function changeLines({ path, old, new: now }: ChangedField): DiffLine[] {
  const key = path.at(-1) ?? '';
  const indent = (path.length - 1) * 2;
  const lines = (value: unknown) => {
    if (value === undefined) return [];
    return typeof key === 'string' ? keyLines(key, value, indent) : yamlLines([value], indent);
  };
  if (!Array.isArray(old) || !Array.isArray(now)) return [...signed('-', lines(old)), ...signed('+', lines(now))];
  const only = (these: unknown[], those: unknown[]) => these.filter((one) => !those.some((other) => same(one, other)));
  return [
    { sign: ' ', text: `${' '.repeat(indent)}${key}:` },
    ...signed(
      '-',
      only(old, now).flatMap((item) => yamlLines([item], indent)),
    ),
    ...signed(
      '+',
      only(now, old).flatMap((item) => yamlLines([item], indent)),
    ),
  ];
}

function signed(sign: DiffLine['sign'], texts: readonly string[]): DiffLine[] {
  return texts.map((text) => ({ sign, text }));
}

/** A new object as a whole; of one that goes, what identifies it. */
function wholeObject(before: KubernetesObject | null, after: KubernetesObject | null): DiffLine[] {
  if (after) return signed('+', yamlLines(withoutServersOwn(after)));
  const { kind, metadata, spec, status } = (before ?? {}) as Record<string, Record<string, unknown> | undefined>;
  const shown = {
    kind,
    metadata: { name: metadata?.name, namespace: metadata?.namespace, uid: metadata?.uid },
    ...(spec?.nodeName !== undefined && { spec: { nodeName: spec.nodeName } }),
    ...(status?.phase !== undefined && { status: { phase: status.phase, reason: status.reason } }),
  };
  return signed('-', yamlLines(shown));
}

function withoutServersOwn(object: KubernetesObject): object {
  const { metadata, ...rest } = object;
  const { uid: _, resourceVersion: __, managedFields: ___, creationTimestamp: ____, ...own } = metadata ?? {};
  return { ...rest, metadata: own };
}
