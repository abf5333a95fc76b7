import type { Deployment, Lease, Pod, ReplicaSet } from '../../model/kubernetes.ts';
import { isControlledBy, nameOf } from '../meta/reference.ts';
import { containerStatuses, isUnbound } from '../pod/pod.ts';
import { leaderState } from './leader.ts';
import { type Operator, operatorOf } from './operator.ts';

/** The few objects that tell whether virt-operator comes back. undefined: could not be read this time; null: not there. */
export interface OperatorState {
  readAt: string;
  deployment: Deployment | null | undefined;
  replicaSets: ReplicaSet[] | undefined;
  pods: Pod[] | undefined;
  lease: Lease | null | undefined;
}

/** virt-operator's few objects, as they are at any time. */
export interface OperatorFollower {
  state(): OperatorState;
  /** Why something cannot be told at present, one line; null when all can. */
  trouble(): string | null;
  /** Settles at the next change, or after so many milliseconds without one. */
  change(milliseconds: number): Promise<void>;
  /** Ends it; settles when nothing is under way any more. */
  close(): Promise<void>;
}

/** What virt-operator still lacks, in the order in which it comes about. `done`: every replica is ready, and one leads. */
export type Awaited = 'answer' | 'created' | 'scheduled' | 'running' | 'ready' | 'leader' | 'done';

export interface Progress {
  awaited: Awaited;
  /** What is being waited for, with names: `pod virt-operator-1-a to be scheduled`. */
  text: string;
  /** So many of so many replicas are ready. */
  ready: number;
  desired: number;
  leader: string | null;
}

/** How far virt-operator has come. */
export function progressOf(state: OperatorState): Progress {
  const { deployment, pods, lease, readAt } = state;
  if (deployment === undefined || pods === undefined || lease === undefined) {
    return { awaited: 'answer', text: 'the API server to answer', ready: 0, desired: 0, leader: null };
  }
  const operator = operatorOf(state);
  const { holder, alive } = leaderState(lease, pods, readAt);
  const counts = { ready: operator.ready.length, desired: operator.desired ?? 0, leader: alive ? holder : null };
  const step = podStep(operator) ?? (alive ? null : leaderStep);
  return { ...counts, ...(step ?? { awaited: 'done', text: 'nothing to be found wrong any more' }) };
}

type Step = Pick<Progress, 'awaited' | 'text'>;
const leaderStep: Step = { awaited: 'leader', text: 'one of the pods to become the leader' };

function podStep(operator: Operator): Step | null {
  const { desired, pods, unready, current, deployment } = operator;
  if (desired === null) return { awaited: 'created', text: 'the Deployment to exist' };
  if (desired === 0) return { awaited: 'created', text: 'the Deployment to ask for pods' };
  if (operator.uncreated > 0 || pods.length === 0) {
    return { awaited: 'created', text: `${Math.max(1, operator.uncreated)} of ${desired} pods to be created` };
  }
  const [pod] = unready.toSorted((a, b) => stage(a) - stage(b));
  if (pod) return podWords(pod);
  const present = current ? pods.filter((one) => isControlledBy(one, current)).length : 0;
  if (!deployment || present >= desired) return null;
  return { awaited: 'created', text: `${desired - present} of ${desired} pods of the present template to be created` };
}

/** How far a pod has come. */
function stage(pod: Pod): number {
  if (isUnbound(pod)) return 0;
  return pod.status?.phase === 'Running' ? 2 : 1;
}

function podWords(pod: Pod): Step {
  const name = `pod ${nameOf(pod)}`;
  if (isUnbound(pod)) return { awaited: 'scheduled', text: `${name} to be scheduled` };
  const reason = containerStatuses(pod).find((one) => one.state?.waiting?.reason)?.state?.waiting?.reason;
  const now = reason ? ` (${reason})` : '';
  if (pod.status?.phase !== 'Running') return { awaited: 'running', text: `${name} to run${now}` };
  return { awaited: 'ready', text: `${name} to be ready${now}` };
}
