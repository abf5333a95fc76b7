import type { Evidence, ReadKey } from '../../model/evidence.ts';
import type { Confidence, EvidenceItem, Finding, Mitigation } from '../../model/finding.ts';
import type { FailureReason } from '../../model/request.ts';
import { redact } from '../../objects/meta/redact.ts';
import { accessCause } from './causes.ts';
import { missingRights, refusedUser, rightEvidence, roleCommands } from './rights.ts';

/** What reads that failed, while others were answered, are told as. */
const CODES: Partial<Record<FailureReason, string>> = {
  'api-throttled': 'api-throttled',
  'api-degraded': 'api-degraded',
  'api-unreachable': 'api-degraded',
  timeout: 'api-degraded',
  'auth-unauthorized': 'auth-unauthorized',
};

/** What stood between the reads and their answers, beside every cause: it never explains an outage. Nothing where no read was answered. */
export function accessFindings(evidence: Evidence, isInstalled: boolean): Finding[] {
  const answered = Object.values(evidence.reads).some(({ status }) => status === 'read' || status === 'absent');
  if (!answered) return [];
  return [...refused(evidence), ...failed(evidence), ...(isInstalled ? [] : elsewhere(evidence))];
}

function refused(evidence: Evidence): Finding[] {
  const items = itemsWhere(evidence, (key) => {
    const read = evidence.reads[key];
    return read.status === 'forbidden' ? read.message : null;
  });
  const [rights, user] = [missingRights(evidence), refusedUser(evidence)];
  if (items.length === 0) return [];
  return [
    finding(evidence, 'auth-forbidden-partial', {
      title: `${count(items)} refused${user === null ? '' : ` to user ${user}`} for want of rights`,
      evidence: rights.length > 0 ? rights.map(rightEvidence) : items,
      mitigation: { action: 'grant-rights', automatic: false, command: roleCommands(rights, user) },
    }),
  ];
}

function failed(evidence: Evidence): Finding[] {
  const codes = new Set(Object.values(CODES));
  return [...codes].flatMap((code) => {
    const items = itemsWhere(evidence, (key) => {
      const read = evidence.reads[key];
      return read.status === 'failed' && CODES[read.reason] === code ? read.message : null;
    });
    if (items.length === 0) return [];
    const title = `${count(items)} not answered: ${items[0]?.text}`;
    return [finding(evidence, code, { title, evidence: items, mitigation: firstCommand('look-at-api-server', code) })];
  });
}

/** Without KubeVirt the context may be another than the one that was meant. */
function elsewhere(evidence: Evidence): Finding[] {
  const { cluster, otherContexts, reads } = evidence;
  if (cluster.server === null || reads.kubevirtCrd.status !== 'absent') return [];
  const others = otherContexts ?? [];
  const more = others.length > NAMED ? ` and ${others.length - NAMED} more` : '';
  const context = cluster.context === null ? '' : ` of context ${cluster.context}`;
  return [
    finding(evidence, 'wrong-cluster', {
      title: `the cluster${context} has no KubeVirt: another one may be meant`,
      confidence: 'possible',
      evidence: [
        { text: `asked ${cluster.server}`, source: `kubeconfig, context ${cluster.context ?? '<none>'}` },
        ...(others.length > 0
          ? [{ text: `other contexts: ${others.slice(0, NAMED).join(', ')}${more}`, source: 'kubeconfig' }]
          : []),
      ],
      mitigation: firstCommand('choose-context', 'wrong-cluster'),
    }),
  ];
}

/** So many other contexts are named. */
const NAMED = 10;

type Said = Pick<Finding, 'title' | 'evidence' | 'mitigation'> & { confidence?: Confidence };

function finding({ cluster }: Evidence, code: string, said: Said): Finding {
  const { title, confidence = 'certain', evidence, mitigation } = said;
  return {
    code,
    severity: accessCause(code).severity,
    confidence,
    title: redact(title),
    since: null,
    object: { kind: 'Cluster', namespace: null, name: cluster.server ?? 'saved objects' },
    evidence: evidence.map(({ text, source }) => ({ text: redact(text), source })),
    consequences: [],
    mitigation,
  };
}

function firstCommand(action: string, code: string): Mitigation {
  return { action, automatic: false, command: accessCause(code).commands[0] ?? '' };
}

/** What was read, once by name, with the words for which it was not. */
function itemsWhere({ log }: Evidence, wordsOf: (key: ReadKey) => string | null): EvidenceItem[] {
  const names = new Map(log.map(({ key, what }) => [key, what]));
  return [...names]
    .flatMap(([key, source]) => {
      const text = wordsOf(key);
      return text === null ? [] : [{ text, source }];
    })
    .sort((a, b) => a.source.localeCompare(b.source, 'en'));
}

function count(items: readonly EvidenceItem[]): string {
  return items.length === 1 ? `the read of ${items[0]?.source} was` : `${items.length} reads were`;
}
