import type { Evidence } from '../../model/evidence.ts';
import type { EvidenceItem } from '../../model/finding.ts';
import type { Right } from '../../model/request.ts';
import { canI, rightText } from '../../objects/meta/right.ts';

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

/** The lines that would grant these rights, and no other than to read. */
export function roleCommands(rights: readonly Right[]): string {
  const resources = rights.map(({ group, resource }) => (group ? `${resource}.${group}` : resource));
  const all = [...new Set(resources)].sort().join(',') || 'RESOURCE';
  return [
    `kubectl create clusterrole kubectl-virtop --verb=get,list --resource=${all}`,
    'kubectl create clusterrolebinding kubectl-virtop --clusterrole=kubectl-virtop --user=USER',
  ].join('\n');
}
