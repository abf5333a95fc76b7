import type { Evidence } from '../model/evidence.ts';
import type { Finding, Gap } from '../model/finding.ts';
import type { NotChecked, Verdict } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import { isStarting } from '../objects/container/starting.ts';
import { list } from '../objects/meta/list.ts';
import { redact } from '../objects/meta/redact.ts';
import { leaderState } from '../objects/operator/leader.ts';
import type { LeaseState } from '../objects/operator/lease.ts';
import { type Operator, operatorOf, podGap } from '../objects/operator/operator.ts';
import { accessFindings } from './access/findings.ts';
import { accountedFor } from './accounted-for.ts';
import { evaluate, knownValue, type Observed } from './evaluate.ts';
import { formerFailures } from './former-failures.ts';
import { gapsOf } from './gaps.ts';
import { reinstallationObstacles } from './reinstallation.ts';
import { replacementObstacles } from './replacement.ts';
import { findRoots } from './roots.ts';
import { lackIn, verdictOf } from './verdict.ts';

export interface Diagnosis {
  verdict: Verdict;
  causes: Finding[];
  findings: Finding[];
  notChecked: NotChecked[];
  /** What the causes do not account for, in words; null where that is nothing, or where there are no causes. */
  unexplained: string | null;
  operator: Operator;
  /** null when the lease could not be read. */
  lease: LeaseState | null;
}

/** Decides from what was read, and from nothing else: the same evidence always gives the same diagnosis. */
export function diagnose(evidence: Evidence, rules: readonly Rule[]): Diagnosis {
  const seen = {
    deployment: knownValue(evidence, 'deployment'),
    replicaSets: knownValue(evidence, 'replicaSets'),
    pods: knownValue(evidence, 'pods'),
  };
  const operator = operatorOf(seen);
  const leaseRead = knownValue(evidence, 'operatorLease');
  const lease = leaseRead === undefined ? null : leaderState(leaseRead, knownValue(evidence, 'pods'), evidence.readAt);
  const { observed, broken } = evaluate(evidence, rules);
  const gaps = gapsOf(evidence, operator, lease);
  const roots = findRoots(gaps, observed, leaseRead !== null);
  const isLeaving = isUninstalling(evidence);
  const causes = roots.causes.map((cause) => {
    const one = finding(cause.root, cause.consequences, isLeaving);
    const shared = roots.causes.length > 1 && cause.gaps.length < gaps.length;
    const what = shared ? accountedFor(cause.gaps) : '';
    return what === '' ? one : { ...one, title: `${what}: ${one.title}` };
  });
  const open = gaps.filter((gap) => !roots.causes.some((cause) => cause.gaps.includes(gap)));
  const notChecked = [...notRead(evidence), ...broken.map(notEvaluated)];
  const unexplained = gaps.length > 0 && (notChecked.length > 0 || open.includes('resource'));
  const verdict = verdictOf({ evidence, operator, lease, causes, unexplained });
  const diagnosed = { evidence, rules, operator, causes: roots.causes };
  const next = onceEach([
    ...roots.next,
    ...replacementObstacles(diagnosed),
    ...reinstallationObstacles(diagnosed),
    ...formerFailures(diagnosed),
  ]);
  return {
    verdict,
    causes,
    findings: [
      ...next.map((one) => ({ ...finding(one, [], isLeaving), next: true as const })),
      ...roots.findings.filter((one) => !isAmong(next, one)).map((one) => finding(one, [], isLeaving)),
      ...accessFindings(evidence, verdict !== 'notInstalled'),
    ],
    notChecked,
    unexplained: open.length > 0 && causes.length > 0 ? leftOpen(open, operator, evidence.readAt) : null,
    operator,
    lease,
  };
}

/** Pods that were made a moment ago, a roll-out's say, need no cause yet. */
function leftOpen(open: readonly Gap[], { unready }: Operator, readAt: string): string {
  const starting = unready.filter((pod) => isStarting(pod, readAt)).map(podGap);
  const [fresh, others] = [open.filter((gap) => starting.includes(gap)), open.filter((gap) => !starting.includes(gap))];
  const just = fresh.length > 0 ? [`${accountedFor(fresh)}, made just now and perhaps only starting`] : [];
  return [...(others.length > 0 ? [accountedFor(others)] : []), ...just].join(', and ');
}

function onceEach(observed: readonly Observed[]): Observed[] {
  return observed.filter((one, index) => !isAmong(observed.slice(0, index), one));
}

function isAmong(some: readonly Observed[], { rule, observation }: Observed): boolean {
  return some.some((one) => one.rule === rule && one.observation.title === observation.title);
}

/** While KubeVirt is being deleted, an operator that comes back goes on with that: nothing may bring it back without being asked for. */
function isUninstalling(evidence: Evidence): boolean {
  return list(knownValue(evidence, 'kubevirts')).some((one) => one.metadata?.deletionTimestamp);
}

function finding({ rule, observation }: Observed, consequences: readonly Observed[], isLeaving: boolean): Finding {
  const { title, object, since, confidence, evidence, mitigation } = observation;
  return {
    code: rule.code,
    severity: rule.severity,
    confidence,
    title: redact(title),
    since,
    object,
    evidence: evidence.map(({ text, source }) => ({ text: redact(text), source })),
    consequences: [...new Set(consequences.map((one) => one.rule.code))].filter((code) => code !== rule.code),
    mitigation: mitigation && { ...mitigation, automatic: mitigation.automatic && !isLeaving },
  };
}

/** Every read that was refused or failed, or of which a part was left out, once and by name, however many requests it took and in whatever order. */
function notRead(evidence: Evidence): NotChecked[] {
  const once = new Map(evidence.log.map((entry) => [entry.key, entry]));
  const byName = [...once.values()].sort((a, b) => a.what.localeCompare(b.what, 'en'));
  return byName.flatMap(({ key, what, right }) => {
    const read = evidence.reads[key];
    const lack = lackIn(evidence, key);
    if (lack !== null) return [{ what, why: redact(lack), needs: null }];
    if (read.status !== 'forbidden' && read.status !== 'failed') return [];
    return [{ what, why: redact(read.message), needs: read.status === 'forbidden' ? right : null }];
  });
}

function notEvaluated({ code }: Rule): NotChecked {
  return { what: `cause ${code}`, why: 'its rule failed on an unexpected object: please report this', needs: null };
}
