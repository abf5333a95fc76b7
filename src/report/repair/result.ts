import type { Evidence } from '../../model/evidence.ts';
import type { Line } from '../../model/line.ts';
import type { Outcome, Repair } from '../../model/repair.ts';
import { commandEntry, entry } from '../entry.ts';
import { stepLines } from '../remedy.ts';
import { planLines } from './plan.ts';

/** How a repair ended: what a person reads last. */
export function resultLines(repair: Repair, cluster: Evidence['cluster']): Line[] {
  return [...RESULTS[repair.outcome](repair, cluster), ...undoLine(repair)];
}

/** The same where another repair followed: what was open then is that one's own. */
export function passedLines(repair: Repair): Line[] {
  return [...doneLines(repair.steps), ...undoLine(repair)];
}

type Say = (repair: Repair, cluster: Evidence['cluster']) => Line[];

const RESULTS: Readonly<Record<Outcome, Say>> = {
  planned: planLines,
  dryRun: (repair, cluster) => [...planLines(repair, cluster), entry('NOTHING', 'was changed (dry run)')],
  manual: manualLines,
  notNeeded: ({ reason }) => [entry('NOTHING', `to repair${reason ? `: ${reason}` : ''}`, 'good')],
  notConfirmed: ({ reason }) => [entry('NOTHING', `was changed: ${reason}`)],
  refused: ({ reason }) => [entry('NOTHING', `was changed: ${reason}`, 'warn')],
  verified: ({ seconds, leader, steps }) => [
    ...doneLines(steps),
    entry('VERIFIED', `virt-operator works again, seen after ${seconds}s; leader ${leader}`, 'good'),
  ],
  undone: ({ steps }) => [...doneLines(steps), entry('UNDONE', 'the old values are back', 'good')],
  notVerified: notVerifiedLines,
};

function doneLines(steps: Repair['steps']): Line[] {
  return steps.filter(({ result }) => result !== 'notDone').map(({ title, result }) => entry(WORDS[result], title));
}

const WORDS = { notDone: '', done: 'DONE', refused: 'REFUSED', unknown: 'UNKNOWN' } as const;

function notVerifiedLines({ steps, reason, waitingFor, next, seconds }: Repair): Line[] {
  const waited = waitingFor === null ? '' : ` after ${seconds}s: still waiting for ${waitingFor}`;
  return [
    ...doneLines(steps),
    entry('OPEN', reason ?? `virt-operator does not work yet${waited}`, 'bad'),
    ...(next ? [entry('NEXT', `${next.title} (${next.code})`), commandEntry('', 'kubectl virtop mitigate')] : []),
  ];
}

function manualLines({ cause, reason, manual }: Repair): Line[] {
  return [
    ...(cause ? [entry('CAUSE', cause.title)] : []),
    ...(reason ? [entry('NOTE', reason)] : []),
    entry('BY HAND', 'this is left to a person:'),
    ...stepLines(manual, 2),
  ];
}

function undoLine({ undo }: Repair): Line[] {
  return undo === null ? [] : [commandEntry('UNDO', `kubectl virtop undo ${undo}`)];
}
