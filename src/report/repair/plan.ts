import type { Evidence } from '../../model/evidence.ts';
import { blank, type Line, type Span, span, type Tone, wholeLine } from '../../model/line.ts';
import type { Repair, RepairStep } from '../../model/repair.ts';
import { rightText } from '../../objects/meta/right.ts';
import { commandEntry, entry, paragraphs } from '../entry.ts';

/** A repair as it is shown before it is made: what it mends, what it changes, what is known about it, and where. */
export function planLines(repair: Repair, cluster: Evidence['cluster']): Line[] {
  const { cause, action, steps, reason, next } = repair;
  return paragraphs(
    [
      ...(cause ? [entry('CAUSE', cause.title)] : []),
      ...(action ? [entry('ACTION', action)] : []),
      ...(reason ? [entry('NOTE', reason, 'warn')] : []),
      ...(next ? [entry('THEN', `this comes next, it would stop the pods: ${next.title}`, 'warn')] : []),
    ],
    ...steps.map((step, index) => stepLines(step, steps.length > 1 ? `${index + 1}/${steps.length}` : '')),
    [whereLine(cluster)],
  );
}

/** Which cluster would be changed, and as whom. */
function whereLine({ context, server, user }: Evidence['cluster']): Line {
  const parts = [`context ${context ?? 'none'}`, `server ${server ?? 'unknown'}`, `user ${user ?? 'not named'}`];
  return entry('WHERE', parts.join(', '), 'warn');
}

function stepLines(step: RepairStep, number: string): Line[] {
  const { title, risk, cautions, owner, notUndoable, command } = step;
  return [
    entry('CHANGE', `${number}${number && ' '}${title}`),
    ...diffOf(step),
    entry('RISK', [span(risk, riskTone(step)), span(cautions.length > 0 ? `: ${cautions.join(' ')}` : '')]),
    ...(owner ? [entry('OWNER', owner, 'warn')] : []),
    entry('CHECKED', checks(step)),
    entry('UNDO', notUndoable === null ? 'possible' : `not possible: ${notUndoable}`),
    commandEntry('BY HAND', command),
  ];
}

function diffOf({ object, diff }: RepairStep): Line[] {
  const name = `${object.kind.toLowerCase()}/${object.name}`;
  const head = [`--- ${name} (now)`, `+++ ${name} (after)`].map((text) => wholeLine([span(text, 'faint')]));
  return diff.length === 0 ? [] : [blank, ...head, ...diff.map(diffLine), blank];
}

const DIFF_TONES: Readonly<Record<string, Tone>> = { '-': 'bad', '+': 'good' };

/** Colour never says more than the sign. */
function diffLine(text: string): Line {
  return wholeLine([span(text, DIFF_TONES[text[0] ?? ''] ?? 'plain')]);
}

function riskTone({ risk }: RepairStep): Tone {
  return risk === 'high' || risk === 'medium' ? 'warn' : 'plain';
}

function checks({ rights, trial, owner }: RepairStep): Span[] {
  const missing = rights.filter(({ allowed }) => allowed === 'no').map(rightText);
  const unsure = rights.some(({ allowed }) => allowed === 'unknown');
  const may =
    missing.length > 0 ? `no right to ${missing.join(', ')}` : `${unsure ? 'rights not known' : 'rights are there'}`;
  return [span(`${may}; ${TRIALS[trial]}${owner ? '' : '; nothing seen that would undo it'}`)];
}

const TRIALS: Readonly<Record<RepairStep['trial'], string>> = {
  accepted: 'the server accepts it (dry run)',
  refused: 'the server refuses it',
  notSupported: 'a webhook that is asked cannot be tried out, so the server was not asked',
  notTried: 'the server was not asked',
};
