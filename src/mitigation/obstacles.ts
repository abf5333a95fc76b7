import type { Action } from '../model/action.ts';
import type { Finding } from '../model/finding.ts';
import { ACTIONS } from './actions/index.ts';
import { contextOf } from './context.ts';
import type { Look } from './hands.ts';
import { type Automatic, type Plan, planFor } from './plan.ts';
import { writtenBy } from './undo.ts';

/** What one look leads to: the plans for its causes that can be made, those that bring other pods in the place of some last. */
export function inOrder(plans: readonly Plan[], { evidence }: Pick<Look, 'evidence'>): Automatic[] {
  const automatic = plans.filter((plan) => plan.kind === 'automatic');
  const [replacing, others] = [true, false].map((is) => automatic.filter((plan) => replaces(plan, evidence) === is));
  return [...(others ?? []), ...(replacing ?? [])];
}

/**
 * What to do before a plan that brings other pods, where objects prove that these would not be made or placed: the obstacle's own repair;
 * where there is none, no pod is deleted by itself. Otherwise the plan as it is.
 */
export function obstacleFirst(plan: Automatic, look: Look): Plan {
  const { action, finding } = plan;
  const obstacles = provedTo(plan, look);
  const plans = obstacles.map((one) => planFor(look.evidence, one));
  const first = plans.find((one) => one.kind === 'automatic' && !ACTIONS[one.action].lastResort);
  if (first?.kind === 'automatic') {
    return {
      ...first,
      before: `fix this first: it would stop the pods that come with ${action}, which mends "${finding.title}"`,
    };
  }
  const [obstacle] = obstacles;
  if (!obstacle || nothingReplaces(plan, look) === null) return plan;
  const why = `mend this first: ${action}, which mends "${finding.title}", deletes a pod, and no other could take its place`;
  return { kind: 'manual', finding: obstacle, why, lastResort: [action] };
}

/** Why a plan that deletes a pod must not be made without a second thought: another is proved not to take its place. A pod whose node is gone does nothing. */
export function nothingReplaces(plan: Automatic, look: Look): string | null {
  const [obstacle] = provedTo(plan, look);
  if (!obstacle || plan.action === 'force-delete-pod' || !plan.steps.some(isDeletion)) return null;
  return `No other pod can take the place of the one that is deleted: ${obstacle.title}.`;
}

/** The steps, with a caution for each thing that would keep another pod from taking the place of one that goes. */
export function forewarned(plan: Automatic, look: Look): Action[] {
  const cautions = obstaclesTo(plan, look).map(
    ({ title }) => `Mend this first, or no other pod takes its place: ${title}.`,
  );
  return plan.steps.map((step) => ({ ...step, cautions: [...step.cautions, ...cautions] }));
}

/** Codes of what is in the way behind a plan, and does not go by itself once that is made. */
export function knownBehind(plan: Automatic, look: Look): string[] {
  const { evidence, report } = look;
  const causes = report.causes.filter((one) => one !== plan.finding).map((one) => planFor(evidence, one));
  const others = inOrder(causes, look).filter((one) => !replaces(one, evidence));
  return [...report.findings.filter(({ next }) => next), ...others.map(({ finding }) => finding)]
    .filter(({ confidence }) => confidence === 'certain')
    .map(({ code }) => code);
}

function provedTo(plan: Automatic, look: Look): Finding[] {
  return obstaclesTo(plan, look).filter(({ confidence }) => confidence === 'certain');
}

function obstaclesTo(plan: Automatic, { evidence, report }: Look): Finding[] {
  if (!replaces(plan, evidence)) return [];
  return report.findings.filter(({ next, mitigation }) => next && mitigation?.action !== plan.action);
}

/** Whether other pods must come before the operator works: a pod is deleted, or a template that has not all its pods is changed. */
function replaces({ finding, steps }: Automatic, evidence: Look['evidence']): boolean {
  const { ready, desired } = contextOf(evidence, finding).operator;
  return steps.some((step) => isDeletion(step) || (ready.length < (desired ?? 0) && isOfTemplate(step)));
}

/** Of a pod that had not ended. */
function isDeletion({ request, target, risk }: Action): boolean {
  return request.method === 'DELETE' && target.kind === 'Pod' && risk !== 'none';
}

function isOfTemplate(step: Action): boolean {
  return step.target.kind === 'Deployment' && writtenBy(step).some(({ path }) => path[1] === 'template');
}
