import type { Cause } from '../model/cause.ts';
import type { ExplainedCause, Explanation, ExplanationList } from '../model/explanation.ts';
import { RUNGS } from '../model/rung.ts';
import { mends } from './remedy.ts';

/** The document about one of all causes. */
export function explanation(cause: Cause, causes: readonly Cause[]): Explanation {
  return { apiVersion: 'virtop/v1', kind: 'Explanation', ...explained(cause, causes) };
}

/** The document about all causes. */
export function explanationList(causes: readonly Cause[]): ExplanationList {
  const items = byRung(causes).map((one) => explained(one, causes));
  return { apiVersion: 'virtop/v1', kind: 'ExplanationList', items };
}

/** Causes in the order of the ladder, and by code on each rung. */
export function byRung(causes: readonly Cause[]): Cause[] {
  return RUNGS.flatMap((rung) => causes.filter((one) => one.rung === rung).toSorted(byCode));
}

function byCode(a: Cause, b: Cause): number {
  return a.code < b.code ? -1 : 1;
}

/** The codes that a cause names as related, and of all causes those that name it. */
export function relatedTo({ code, related }: Cause, causes: readonly Cause[]): string[] {
  const back = causes.filter((one) => one.related.includes(code)).map((one) => one.code);
  return [...new Set([...related, ...back])];
}

function explained(cause: Cause, causes: readonly Cause[]): ExplainedCause {
  const { code, rung, severity, meaning, impact, evidence, remedy, commands } = cause;
  const show = commands.filter((command) => !mends({ command }));
  const mend = commands.filter((command) => mends({ command }));
  const related = relatedTo(cause, causes);
  return { code, rung, severity, meaning, impact, evidence, remedy, commands: { show, mend }, related };
}
