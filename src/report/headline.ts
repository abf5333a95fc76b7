import type { Line, Tone } from '../model/line.ts';
import type { OperatorReport, Verdict } from '../model/report.ts';
import { age } from '../objects/human-duration.ts';
import { entry } from './entry.ts';

const WORDS: Record<Verdict, { word: string; tone: Tone }> = {
  healthy: { word: 'HEALTHY', tone: 'good' },
  degraded: { word: 'DEGRADED', tone: 'warn' },
  down: { word: 'DOWN', tone: 'bad' },
  incomplete: { word: 'UNKNOWN', tone: 'warn' },
  notInstalled: { word: 'ABSENT', tone: 'warn' },
};

/** The first line: the verdict's word, and what it means here in one sentence. */
export function headline(report: OperatorReport): Line {
  const { word, tone } = WORDS[report.verdict];
  return entry(word, SENTENCES[report.verdict](report), tone);
}

const SENTENCES: Record<Verdict, (report: OperatorReport) => string> = {
  healthy: (report) => `virt-operator works: ${readiness(report)}, ${leadership(report)}`,
  degraded: (report) => `virt-operator works, but not fully: ${readiness(report)}, ${leadership(report)}`,
  down: (report) => `virt-operator does not work: ${readiness(report)}${leaderless(report)}${place(report)}`,
  incomplete: (report) => `virt-operator may or may not work: ${unread(report)} could not be read${place(report)}`,
  notInstalled: () => 'KubeVirt is not installed in this cluster',
};

function readiness({ operator }: OperatorReport): string {
  const { desired, ready } = operator;
  if (ready === null) return 'its pods could not be read';
  if (desired === null) return ready === 0 ? 'it has no pod' : `${ready} ready`;
  return desired === 0 ? 'it is scaled to 0 replicas' : `${ready}/${desired} ready`;
}

function leadership({ operator, readAt }: OperatorReport): string {
  const { leader } = operator;
  if (!leader) return 'leader unknown';
  const renewed = leader.renewTime
    ? `renewed its lease ${age(readAt, leader.renewTime)} ago`
    : 'never renewed its lease';
  return `leader ${leader.holder} ${renewed}`;
}

function leaderless({ operator }: OperatorReport): string {
  if (!operator.ready || operator.leader?.alive) return '';
  return operator.leader ? ', but none of its pods leads' : ', but no pod holds the leader lease';
}

function place({ operator }: OperatorReport): string {
  return operator.namespace ? ` in namespace ${operator.namespace}` : '';
}

function unread({ notChecked }: OperatorReport): string {
  const names = [...new Set(notChecked.map((one) => one.what))];
  if (names.length === 0) return 'something needed';
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(' and ');
}
