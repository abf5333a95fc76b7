import { createHash } from 'node:crypto';
import type { CanIItem, CanIList } from '../../model/can-i.ts';
import type { Output } from '../../model/line.ts';
import { yamlDocument } from '../yaml.ts';

const RBAC = 'rbac.authorization.k8s.io';
const PLACEHOLDER = 'USER';

/** The RBAC objects that allow what is missing, as one List. */
export function roleList(list: CanIList, writes: boolean): object {
  return { apiVersion: 'v1', kind: 'List', items: rolesFor(list, writes) };
}

/** The same as YAML, ready for kubectl apply. */
export function roleDocument(list: CanIList, writes: boolean): Output {
  const objects = rolesFor(list, writes);
  const texts = objects.map((object) => textOf(yamlDocument(object)));
  return { kind: 'document', text: `${headOf(list, objects.length, writes)}${texts.join('---\n')}` };
}

function headOf({ user }: CanIList, count: number, writes: boolean): string {
  const what = writes ? 'kubectl virtop may read and repair' : 'kubectl virtop may read';
  if (count === 0) return `# Nothing is missing of what ${what}.\n`;
  const placeholder = user === null ? `# Put the user's name in place of ${PLACEHOLDER}.\n` : '';
  return `# What is missing of what ${what}. Someone who may grant it applies this: kubectl apply -f FILE\n${placeholder}`;
}

function textOf(output: Output): string {
  return output.kind === 'document' ? output.text : '';
}

/** A ClusterRole with its binding, and a Role with its binding for each namespace; each only where something is missing. */
function rolesFor({ user, items }: CanIList, writes: boolean): object[] {
  const missing = items.filter(({ allowed, access }) => allowed !== 'yes' && (writes || access === 'read'));
  const subject = subjectOf(user ?? PLACEHOLDER);
  const name = nameFor(subject, missing);
  const namespaces = [...new Set(missing.map((one) => one.namespace))].sort((a, b) =>
    (a ?? '').localeCompare(b ?? '', 'en'),
  );
  return namespaces.flatMap((namespace) => {
    const kind = namespace === null ? 'ClusterRole' : 'Role';
    const metadata = namespace === null ? { name } : { name, namespace };
    const apiVersion = `${RBAC}/v1`;
    return [
      { apiVersion, kind, metadata, rules: rulesOf(missing.filter((one) => one.namespace === namespace)) },
      { apiVersion, kind: `${kind}Binding`, metadata, roleRef: { apiGroup: RBAC, kind, name }, subjects: [subject] },
    ];
  });
}

/** A service account is no user to RBAC (Kubernetes 1.36 apiserver pkg/authentication/serviceaccount/util.go). */
function subjectOf(user: string): Record<string, string> {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  if (namespace && name) return { kind: 'ServiceAccount', name, namespace };
  return { apiGroup: RBAC, kind: 'User', name: user };
}

/** Another name for other rights or another user: what is applied takes nothing away from what was applied before. */
function nameFor(subject: object, missing: readonly CanIItem[]): string {
  const rights = missing.map(({ verb, group, resource, namespace }) => [verb, group, resource, namespace]);
  const hash = createHash('sha256')
    .update(JSON.stringify([subject, rights]))
    .digest('hex');
  return `kubectl-virtop-${hash.slice(0, 8)}`;
}

interface PolicyRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

/** One rule for all resources of a group that need the same verbs. */
function rulesOf(items: readonly CanIItem[]): PolicyRule[] {
  const verbs = grouped(items, ({ group, resource }) => JSON.stringify([group, resource]));
  const resources = [...verbs.values()].map((same) => ({
    group: same[0]?.group ?? '',
    resource: same[0]?.resource ?? '',
    verbs: sorted(same.map(({ verb }) => verb)),
  }));
  const rules = grouped(resources, (one) => JSON.stringify([one.group, one.verbs]));
  return [...rules.values()].map((same) => ({
    apiGroups: [same[0]?.group ?? ''],
    resources: sorted(same.map(({ resource }) => resource)),
    verbs: same[0]?.verbs ?? [],
  }));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
