import { REQUIRED_READS } from '../../diagnosis/verdict.ts';
import type { ReadKey } from '../../model/evidence.ts';
import { type OperatorState, type Progress, progressOf } from '../../objects/operator/progress.ts';
import type { Goal } from '../flags/wait-flags.ts';

/** The reads without which nobody can tell. */
export const GOAL_READS: Readonly<Record<Goal, readonly ReadKey[]>> = {
  ready: ['deployment', 'replicaSets', 'pods'],
  leader: ['pods', 'operatorLease'],
  healthy: REQUIRED_READS,
};

/** How far virt-operator has come; what the goal does not ask for may be unknown. */
export function progressTo(goal: Goal, state: OperatorState): Progress {
  if (goal === 'ready') return progressOf({ ...state, lease: state.lease ?? null });
  if (goal === 'leader') return progressOf({ ...state, deployment: state.deployment ?? null });
  return progressOf(state);
}

/** Whether the objects show that the goal is reached. Healthy is more: only the report tells. */
export function isReached(goal: Goal, { awaited, leader }: Progress): boolean {
  if (awaited === 'answer') return false;
  if (goal === 'leader') return leader !== null;
  return awaited === 'done' || (goal === 'ready' && awaited === 'leader');
}

/** `1/2 pods Ready, waiting for a leader`. */
export function progressWords(goal: Goal, { awaited, text, ready, desired, leader }: Progress): string {
  if (awaited === 'answer') return `waiting for ${text}`;
  const counts = desired > 0 ? `${ready}/${desired} pods Ready, ` : '';
  if (awaited === 'done') return `${counts}leader ${leader}, waiting for all of it to be found healthy`;
  const wanted = goal === 'leader' || awaited === 'leader' ? 'a leader' : text;
  return `${counts}waiting for ${wanted}`;
}
