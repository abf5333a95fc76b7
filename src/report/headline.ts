import type { Line, Tone } from '../model/line.ts';
import type { OperatorReport, Verdict } from '../model/report.ts';
import { ago } from '../objects/meta/human-duration.ts';
import { entry } from './entry.ts';

/** How people read each verdict. */
export const VERDICT_WORDS: Record<Verdict, { word: string; tone: Tone }> = {
  healthy: { word: 'HEALTHY', tone: 'good' },
  degraded: { word: 'DEGRADED', tone: 'warn' },
  down: { word: 'DOWN', tone: 'bad' },
  incomplete: { word: 'UNKNOWN', tone: 'warn' },
  notInstalled: { word: 'ABSENT', tone: 'warn' },
};

/** The first line: the verdict's word, and what it means here in one sentence. */
export function headline(report: OperatorReport): Line {
  const { word, sentence } = verdictText(report);
  return entry(word, sentence, VERDICT_WORDS[report.verdict].tone);
}

/** The same as text. */
export function verdictText(report: OperatorReport): { word: string; sentence: string } {
  return { word: VERDICT_WORDS[report.verdict].word, sentence: SENTENCES[report.verdict](report) };
}

const SENTENCES: Record<Verdict, (report: OperatorReport) => string> = {
  healthy: (report) => `${readiness(report)}, ${leadership(report)}`,
  degraded: (report) => `${readiness(report)}, ${leadership(report)}`,
  down: (report) => `virt-operator: ${readiness(report)}${place(report)}${leaderless(report)}`,
  incomplete: (report) => `cannot tell whether virt-operator works${place(report)}`,
  notInstalled: ({ operator }) =>
    operator.namespace ? `no KubeVirt in namespace ${operator.namespace}` : 'no KubeVirt in this cluster',
};

/** How many pods are ready; for example `1/2 ready`. */
function readiness({ operator, notChecked }: OperatorReport): string {
  const { desired, ready } = operator;
  if (ready === null) return 'pods unknown';
  const isUnread = notChecked.some(({ what }) => what === 'Deployment virt-operator');
  if (desired === null) return ready === 0 && !isUnread ? 'no pod' : `${ready} ready`;
  return `${ready}/${desired} ready`;
}

/** Who leads; for example `leader virt-operator-x renewed 3s ago`. */
function leadership({ operator, readAt }: OperatorReport): string {
  const { leader } = operator;
  if (!leader) return 'leader unknown';
  return `leader ${leader.holder} ${leader.renewTime ? `renewed ${ago(readAt, leader.renewTime)}` : 'never renewed'}`;
}

function leaderless({ operator }: OperatorReport): string {
  return operator.ready && !operator.leader?.alive ? ', but none of them leads' : '';
}

function place({ operator }: OperatorReport): string {
  return operator.namespace ? ` in namespace ${operator.namespace}` : '';
}
