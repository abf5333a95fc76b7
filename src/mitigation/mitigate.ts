import type { ActionName } from '../model/action.ts';
import { UserError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Repair } from '../model/repair.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { ACTIONS } from './actions/index.ts';
import { known } from './context.ts';
import type { Hands, Look, Wishes } from './hands.ts';
import { manualRepair } from './manual.ts';
import { causeOf, NOTHING_YET } from './nothing-yet.ts';
import { inOrder, obstacleFirst } from './obstacles.ts';
import { type Automatic, type Plan, planFor, planNamed } from './plan.ts';
import { repair } from './repair.ts';
import { STABLE_MS } from './verify.ts';

/** What the command line and the rules add. */
export interface Asked {
  /** The only action that may be taken; null: whatever fits. */
  action: ActionName | null;
  /** What a person does about a cause, in order. */
  manualSteps(finding: Finding): string[];
}

/** One repair may bring the next cause to light; so many in one run are enough. */
const MOST_REPAIRS = 5;

/** Diagnoses, plans, and repairs one cause after the other, as far as that is wished and confirmed. */
export async function mitigate(asked: Asked, given: Hands, wishes: Wishes): Promise<{ repairs: Repair[]; look: Look }> {
  const { hands, next: nextRepair } = remembering(given);
  let look = await hands.look();
  const first = look;
  const repairs: Repair[] = [];
  let plan = await firstPlan(asked, look, hands, wishes);
  if (!('kind' in plan)) return { repairs: plan.repairs, look };
  while (repairs.length < MOST_REPAIRS) {
    const done = await repairNext(plan, look, repairs, hands, { ...wishes, timeout: timeLeft(repairs, wishes) });
    repairs.push(done);
    if (done.outcome !== 'notVerified' || done.reason !== null) break;
    if (timeLeft(repairs, wishes) < STABLE_MS) break;
    const now = await lookAgain(hands);
    if (!now) break;
    look = now;
    const next = nextPlan(asked, look);
    if (!next || wasDone(next, repairs) || isNewPod(next, first)) break;
    nextRepair();
    hands.show({ ...done, next: null });
    plan = next;
  }
  return { repairs, look };
}

/** What is left to watch in, in milliseconds: all repairs of a run share it, and what a person thinks in between does not count. */
function timeLeft(repairs: readonly Repair[], { timeout }: Wishes): number {
  return timeout - 1000 * repairs.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
}

const NOTHING = 'Nothing was changed.';

/** Whoever ends the program is told of the repairs before this one too. */
function remembering(given: Hands): { hands: Hands; next(): void } {
  let [before, now] = ['', NOTHING];
  const withBefore = (words: string) => {
    if (before === '') return words;
    return words === NOTHING ? before : `${before}\n${words}`;
  };
  const ifInterrupted = (words: string) => {
    now = words;
    given.ifInterrupted(withBefore(words));
  };
  const next = () => {
    const all = withBefore(now);
    before = all === NOTHING ? '' : all;
    now = NOTHING;
  };
  return { hands: { ...given, ifInterrupted }, next };
}

/** After a change, what keeps the next repair from being made must not hide that change. */
async function repairNext(
  plan: Automatic,
  look: Look,
  before: readonly Repair[],
  hands: Hands,
  wishes: Wishes,
): Promise<Repair> {
  try {
    return await repair(plan, look, hands, wishes);
  } catch (error) {
    if (before.length === 0 || !(error instanceof UserError)) throw error;
    const { action, finding } = plan;
    return { ...NOTHING_YET, cause: causeOf(finding), action, outcome: 'refused', reason: error.message };
  }
}

/** After a change an error must not hide what was changed: without an answer there is no next cause. */
async function lookAgain({ look }: Hands): Promise<Look | null> {
  try {
    return await look();
  } catch {
    return null;
  }
}

/** The repair to begin with, or what there is to say when none can be made. */
async function firstPlan(
  asked: Asked,
  look: Look,
  hands: Hands,
  wishes: Wishes,
): Promise<Automatic | { repairs: Repair[] }> {
  if (asked.action !== null) return namedPlan(asked.action, look);
  const plans = look.report.causes.map((cause) => planFor(look.evidence, cause));
  const automatic = inOrder(plans, look);
  const [first] = automatic;
  if (!first)
    return byHand(
      plans.filter((plan) => plan.kind !== 'automatic'),
      asked,
      look,
    );
  const isClear = automatic.length === 1 || wishes.yes || !wishes.isTerminal || wishes.dryRun !== 'none';
  const chosen = isClear ? first : await choose(automatic, hands);
  if (!chosen) return { repairs: [{ ...NOTHING_YET, outcome: 'notConfirmed', reason: 'nothing was chosen' }] };
  const plan = obstacleFirst(chosen, look);
  return plan.kind === 'automatic' ? plan : byHand([plan], asked, look);
}

function byHand(plans: readonly Exclude<Plan, Automatic>[], { manualSteps }: Asked, { evidence, report }: Look) {
  const last = plans.at(-1);
  const next = report.findings.filter((one) => one.next && one !== last?.finding);
  return {
    repairs: plans.map((plan) => manualRepair(plan, evidence, manualSteps(plan.finding), plan === last ? next : [])),
  };
}

function namedPlan(action: ActionName, { evidence, report }: Look): Automatic | { repairs: Repair[] } {
  const plan = planNamed(action, evidence, [...report.causes, ...report.findings]);
  if (typeof plan !== 'string' && plan.kind === 'automatic') return plan;
  const why = typeof plan === 'string' ? plan : 'it is left to a person';
  const unread = report.notChecked.length > 0 ? '; not everything could be read: see kubectl virtop can-i' : '';
  const reason = `${action} does not apply: ${why}${unread}`;
  return { repairs: [{ ...NOTHING_YET, action, outcome: 'refused', reason }] };
}

async function choose(plans: readonly Automatic[], { ask }: Hands): Promise<Automatic | undefined> {
  const lines = plans.map(({ action, finding }, index) => `  ${index + 1}) ${action}: ${finding.title}`);
  const head = `${plans.length} causes can be repaired:`;
  const answer = await ask(`${head}\n${lines.join('\n')}\nWhich one first? (1-${plans.length}, empty for none): `);
  return /^\s*\d+\s*$/.test(answer ?? '') ? plans[Number(answer) - 1] : undefined;
}

function nextPlan({ action }: Asked, look: Look): Automatic | null {
  const plans = look.report.causes.map((cause) => planFor(look.evidence, cause));
  const [first] = plans[0]?.kind === 'automatic' ? inOrder(plans, look) : [];
  if (!first) return null;
  const plan = obstacleFirst(first, look);
  if (plan.kind !== 'automatic' || ACTIONS[plan.action].lastResort) return null;
  return action === null || plan.action === action ? plan : null;
}

/** A pod that was made since then is the best that its ReplicaSet can do: another one would be no better. */
function isNewPod({ steps }: Automatic, { evidence }: Look): boolean {
  const before = list(known(evidence, 'pods')).map(nameOf);
  return steps.some(({ target }) => target.kind === 'Pod' && !before.includes(target.name));
}

/** The same change to the same object would not help a second time. */
function wasDone({ steps }: Automatic, repairs: readonly Repair[]): boolean {
  const made = repairs.flatMap((one) => one.steps.filter(({ result }) => result === 'done'));
  return steps.some(({ title, target, undo }) =>
    undo.possible || target.kind === 'Pod'
      ? made.some((step) => step.title === title && step.object.name === target.name)
      : steps.length === 1 && made.some((step) => step.title === title),
  );
}
