import type { Action } from '../model/action.ts';
import type { Repair, RepairStep } from '../model/repair.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { abortReason } from './abort.ts';
import { ACTIONS } from './actions/index.ts';
import { known } from './context.ts';
import type { Hands, Look, Wishes } from './hands.ts';
import { canUndo, interruptedWords } from './make-changes.ts';
import { mitigationEvent } from './mitigation-event.ts';
import { causeOf, NOTHING_YET } from './nothing-yet.ts';
import { forewarned, knownBehind, nothingReplaces } from './obstacles.ts';
import { type Automatic, planNamed } from './plan.ts';
import { carryOut, type Ended } from './sequence.ts';
import { setBack } from './set-back.ts';
import { verify } from './verify.ts';

/** Repairs one cause, from the plan to the proof. */
export async function repair(plan: Automatic, look: Look, hands: Hands, wishes: Wishes): Promise<Repair> {
  const planned = blank(plan, look);
  const aborted = abortReason(look.evidence, plan.action) ?? wrongContext(hands, wishes);
  const unreplaced = nothingReplaces(plan, look);
  const reason = aborted ?? (wishes.yes && unreplaced ? `${unreplaced} ${MEND_FIRST}` : null);
  if (reason !== null) return { ...planned, outcome: 'refused', reason, next: null };
  const ended = await carryOut(
    {
      about: { action: plan.action, cause: plan.finding.code, undoes: null },
      doubt: unreplaced ?? protection(plan),
      steps: forewarned(plan, look),
      again: () => planAgain(plan, hands),
      show: (steps, note) => hands.show({ ...planned, reason: note ?? plan.before ?? null, steps: [...steps] }),
    },
    hands,
    wishes,
  );
  if (ended.kind === 'dryRun')
    return { ...planned, steps: ended.steps, outcome: 'dryRun', reason: plan.before ?? null };
  if (ended.kind !== 'made') {
    return { ...planned, steps: ended.steps, outcome: ended.kind, reason: ended.reason, next: null };
  }
  return { ...planned, next: null, ...(await prove(plan, ended, look, hands, wishes)) };
}

const MEND_FIRST = 'kubectl virtop mitigate, without a name, says what to mend first.';

/** What is known before anything is checked: also what will be in the way once this is done. */
function blank({ finding, action }: Automatic, { report }: Look): Repair {
  const then = finding.next ? undefined : report.findings.find(({ next }) => next);
  return { ...NOTHING_YET, cause: causeOf(finding), action, next: then ? causeOf(then) : null };
}

/** Reads everything anew: the same action for the same cause, as it must be done now. */
async function planAgain({ action, finding }: Automatic, hands: Hands): Promise<Action[] | string> {
  const look = await hands.look();
  const { evidence, report } = look;
  const same = [...report.causes, ...report.findings].filter(({ code }) => code === finding.code);
  const plan = planNamed(action, evidence, same);
  if (typeof plan === 'string') return `there is nothing to change any more: ${plan}`;
  const aborted = abortReason(evidence, action);
  return aborted ?? (plan.kind === 'automatic' ? forewarned(plan, look) : 'there is nothing to change any more');
}

async function prove(
  plan: Automatic,
  { steps, reason, entry, complete }: Extract<Ended, { kind: 'made' }>,
  look: Look,
  hands: Hands,
  wishes: Wishes,
): Promise<Partial<Repair>> {
  const undo = canUndo(entry) ? entry.id : null;
  hands.ifInterrupted(interruptedWords(entry));
  const deployment = known(look.evidence, 'deployment');
  await tell(steps, look, hands);
  if (!complete) return { steps, outcome: 'notVerified', reason, undo };
  const where = { namespace: look.evidence.namespace ?? '', name: deployment ? nameOf(deployment) : 'virt-operator' };
  const { recovered, ...seen } = await verify(plan.finding, where, hands, {
    timeout: wishes.timeout,
    behind: knownBehind(plan, look),
    setBack: () => setBack(entry, hands),
  });
  const outcome = recovered ? 'verified' : 'notVerified';
  return { steps, outcome, undo: seen.reason === null ? undo : null, ...seen };
}

function protection({ action }: Automatic): string | null {
  return ACTIONS[action].lastResort ? 'This switches off a protection.' : null;
}

/** Leaves a note in the cluster, where this user may. */
async function tell(steps: readonly RepairStep[], { evidence }: Look, { send, cluster, now }: Hands): Promise<void> {
  const deployment = known(evidence, 'deployment');
  if (deployment) await send(mitigationEvent(deployment, steps, cluster.user, now()), { dryRun: false });
}

/** `--confirm-context` names the only context that may be changed. */
export function wrongContext({ cluster }: Pick<Hands, 'cluster'>, { confirmContext }: Wishes): string | null {
  if (confirmContext === null || confirmContext === cluster.context) return null;
  return `the context is ${cluster.context ?? 'none'}, and --confirm-context allows only ${confirmContext}`;
}
