import type { Action } from '../model/action.ts';
import type { Finding } from '../model/finding.ts';
import type { Repair, RepairStep } from '../model/repair.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { abortReason } from './abort.ts';
import { ACTIONS } from './actions/index.ts';
import { known } from './context.ts';
import { forewarned } from './forewarned.ts';
import type { Hands, Look, Wishes } from './hands.ts';
import { canUndo, interruptedWords } from './make-changes.ts';
import { mitigationEvent } from './mitigation-event.ts';
import { causeOf, NOTHING_YET } from './nothing-yet.ts';
import { type Plan, planNamed } from './plan.ts';
import { carryOut, type Ended } from './sequence.ts';
import { verify } from './verify.ts';

type Automatic = Extract<Plan, { kind: 'automatic' }>;

/** Repairs one cause, from the plan to the proof. */
export async function repair(plan: Automatic, look: Look, hands: Hands, wishes: Wishes): Promise<Repair> {
  const planned = blank(plan);
  const aborted = abortReason(look.evidence, plan.action) ?? wrongContext(hands, wishes);
  if (aborted !== null) return { ...planned, outcome: 'refused', reason: aborted };
  const ended = await carryOut(
    {
      about: { action: plan.action, cause: plan.finding.code, undoes: null },
      lastResort: ACTIONS[plan.action].lastResort,
      steps: forewarned(plan, look.report.findings),
      again: () => planAgain(plan, hands),
      show: (steps, note) => hands.show({ ...planned, reason: note, steps: [...steps] }),
    },
    hands,
    wishes,
  );
  if (ended.kind !== 'made') return { ...planned, steps: ended.steps, outcome: ended.kind, reason: ended.reason };
  return { ...planned, ...(await prove(plan.finding, ended, look, hands, wishes)) };
}

/** What is known before anything is checked. */
function blank({ finding, action }: Automatic): Repair {
  return { ...NOTHING_YET, cause: causeOf(finding), action };
}

/** Reads everything anew: the same action for the same cause, as it must be done now. */
async function planAgain({ action, finding }: Automatic, hands: Hands): Promise<Action[] | string> {
  const { evidence, report } = await hands.look();
  const same = [...report.causes, ...report.findings].filter(({ code }) => code === finding.code);
  const plan = planNamed(action, evidence, same);
  if (typeof plan === 'string') return `there is nothing to change any more: ${plan}`;
  const aborted = abortReason(evidence, action);
  return aborted ?? (plan.kind === 'automatic' ? plan.steps : 'there is nothing to change any more');
}

async function prove(
  cause: Finding,
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
  const { recovered, ...seen } = await verify(cause, where, hands, wishes);
  const outcome = recovered ? 'verified' : 'notVerified';
  return { steps, outcome, undo, ...seen };
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
