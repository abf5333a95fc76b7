import { ACTION_NAMES, type Action, type ActionName } from '../model/action.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { abortReason } from './abort.ts';
import { ACTIONS } from './actions/index.ts';
import { contextOf } from './context.ts';

/** Changes that the program can make; `before`: why they come before the repair of the cause, where they do. */
export interface Automatic {
  kind: 'automatic';
  finding: Finding;
  action: ActionName;
  steps: Action[];
  before?: string;
}

/** What the program can do about one cause, or why it leaves that to a person. */
export type Plan =
  | Automatic
  | { kind: 'manual'; finding: Finding; why: string | null; lastResort: ActionName[] }
  /** Nothing may be done before a person has decided something else. */
  | { kind: 'held'; finding: Finding; why: string };

/** The plan for a cause: what its rule names, when that may be automatic and can be done here. */
export function planFor(evidence: Evidence, finding: Finding): Plan {
  const { mitigation } = finding;
  const held = mitigation ? abortReason(evidence, mitigation.action) : null;
  if (held !== null) return { kind: 'held', finding, why: held };
  const manual = (why: string | null): Plan => ({
    kind: 'manual',
    finding,
    why,
    lastResort: onRequest(evidence, finding),
  });
  if (!mitigation?.automatic || !isActionName(mitigation.action)) return manual(null);
  const steps = stepsOf(mitigation.action, evidence, finding);
  return typeof steps === 'string'
    ? manual(`${mitigation.action} cannot be done here: ${steps}`)
    : { kind: 'automatic', finding, action: mitigation.action, steps };
}

/** The plan for an action that was asked for by name: for the first finding that it fits; otherwise why it fits none. */
export function planNamed(action: ActionName, evidence: Evidence, findings: readonly Finding[]): Plan | string {
  const fitting = findings.filter((finding) => fits(action, finding));
  if (fitting.length === 0) return 'nothing that was found calls for it';
  const tried = fitting.map((finding) => ({ finding, steps: stepsOf(action, evidence, finding) }));
  const [possible] = tried.filter(({ steps }) => typeof steps !== 'string');
  if (possible && typeof possible.steps !== 'string') {
    return { kind: 'automatic', finding: possible.finding, action, steps: possible.steps };
  }
  return String(tried[0]?.steps ?? '');
}

/** Whether an action may mend what was found: its rule says so, or the action does. */
function fits(action: ActionName, { code, mitigation }: Finding): boolean {
  return mitigation?.action === action || ACTIONS[action].alsoFor.includes(code);
}

export function isActionName(word: string): word is ActionName {
  return (ACTION_NAMES as readonly string[]).includes(word);
}

function stepsOf(action: ActionName, evidence: Evidence, finding: Finding): Action[] | string {
  return ACTIONS[action].plan(contextOf(evidence, finding));
}

/** Other actions that can be taken here, when they are named. */
function onRequest(evidence: Evidence, finding: Finding): ActionName[] {
  const others = ACTION_NAMES.filter((name) => name !== finding.mitigation?.action && fits(name, finding));
  return others.filter((name) => typeof stepsOf(name, evidence, finding) !== 'string');
}
