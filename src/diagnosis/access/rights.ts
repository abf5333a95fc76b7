import type { Evidence } from '../../model/evidence.ts';
import type { EvidenceItem } from '../../model/finding.ts';
import type { Right } from '../../model/request.ts';
import { canI, rightText } from '../../objects/meta/right.ts';
import { shell } from '../../objects/meta/shell.ts';

/** The rights that the reads which were refused need, each once. */
export function missingRights({ log, reads }: Evidence): Right[] {
  const rights = log.flatMap(({ key, right }) => (right && reads[key].status === 'forbidden' ? [right] : []));
  const once = new Map(rights.map((right) => [rightText(right), right]));
  return [...once].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, right]) => right);
}

/** A right that is missing, and how that is seen with kubectl. */
export function rightEvidence(right: Right): EvidenceItem {
  return { text: `no right to ${rightText(right)}`, source: canI(right) };
}

/** Who is refused, as the API server calls them (Kubernetes 1.36 apiserver pkg/endpoints/handlers/responsewriters/errors.go forbiddenMessage): a kubeconfig has names of its own. */
export function refusedUser({ reads }: Evidence): string | null {
  const messages = Object.values(reads).flatMap((read) => (read.status === 'forbidden' ? [read.message] : []));
  const users = new Set(messages.flatMap((text) => /\bUser "([^"]{1,200})" cannot /.exec(text)?.[1] ?? []));
  return users.size === 1 ? ([...users][0] ?? null) : null;
}

/** A service account is no user to RBAC (Kubernetes 1.36 apiserver pkg/authentication/serviceaccount/util.go). */
function subjectFlag(user: string | null): string {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user ?? '') ?? [];
  return name ? shell`--serviceaccount=${namespace}:${name}` : shell`--user=${user ?? 'USER'}`;
}

/** The lines that would grant these rights to that user, and no other than to read. */
export function roleCommands(rights: readonly Right[], user: string | null): string {
  const resources = rights.map(({ group, resource }) => (group ? `${resource}.${group}` : resource));
  const all = [...new Set(resources)].sort().join(',') || 'RESOURCE';
  return [
    `kubectl create clusterrole kubectl-virtop --verb=get,list --resource=${all}`,
    `kubectl create clusterrolebinding kubectl-virtop --clusterrole=kubectl-virtop ${subjectFlag(user)}`,
  ].join('\n');
}
