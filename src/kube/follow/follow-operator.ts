import type { Deployment, KubernetesObject, Lease, Pod, ReplicaSet } from '../../model/kubernetes.ts';
import type { Ask } from '../../model/request.ts';
import type { OperatorFollower } from '../../objects/operator/progress.ts';
import { type Followed, type FollowHands, followObjects } from './follow-objects.ts';
import { type FollowedKey, followQuestions } from './follow-questions.ts';
import { pause } from './pause.ts';

const KEYS: readonly FollowedKey[] = ['deployment', 'replicaSets', 'pods', 'operatorLease'];

/** Follows virt-operator's Deployment, ReplicaSets, pods and Lease until it is closed. */
export function followOperator(
  connection: Pick<FollowHands, 'ask' | 'watch'>,
  where: { namespace: string; name: string },
  ticks: () => number,
): OperatorFollower {
  const ended = new AbortController();
  const clock = serverClock(connection.ask, ticks);
  const seen: Partial<Record<FollowedKey, Followed>> = {};
  const waiting = new Set<() => void>();
  const pauseFor = (milliseconds: number) => pause(milliseconds, ended.signal);
  const hands = { ask: clock.ask, watch: connection.watch, ticks, pause: pauseFor, signal: ended.signal };
  const questions = followQuestions(where.namespace, where.name);
  const publishTo = (key: FollowedKey) => (followed: Followed) => {
    seen[key] = followed;
    for (const wake of waiting) wake();
  };
  const following = KEYS.map((key) => followObjects(key, questions[key], { ...hands, publish: publishTo(key) }));
  return {
    state: () => ({
      readAt: clock.now(),
      deployment: theOne<Deployment>(seen.deployment),
      replicaSets: seen.replicaSets?.objects as ReplicaSet[] | undefined,
      pods: seen.pods?.objects as Pod[] | undefined,
      lease: theOne<Lease>(seen.operatorLease),
    }),
    trouble: () => KEYS.map((key) => seen[key]?.refusal?.message).find((message) => message !== undefined) ?? null,
    change: (milliseconds) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        waiting.add(wake);
      }),
    close: async () => {
      ended.abort();
      await Promise.all(following);
    },
  };
}

/** undefined: not known; null: there is none. */
function theOne<T extends KubernetesObject>(followed: Followed | undefined): T | null | undefined {
  return followed?.objects && ((followed.objects[0] as T | undefined) ?? null);
}

/** The server's time between two answers: what it said last, and how long ago that was. */
function serverClock(ask: Ask, ticks: () => number): { ask: Ask; now(): string } {
  let said: { time: number; at: number } | null = null;
  return {
    ask: async (request) => {
      const answer = await ask(request);
      const time = Date.parse(answer.date ?? '');
      if (!Number.isNaN(time)) said = { time, at: ticks() };
      return answer;
    },
    now: () => new Date(said ? said.time + ticks() - said.at : Date.now()).toISOString(),
  };
}
