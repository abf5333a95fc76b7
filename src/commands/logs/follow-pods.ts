import { followLog, type LogBeginning } from '../../kube/follow/follow-log.ts';
import { pause } from '../../kube/follow/pause.ts';
import type { Transport, Watch } from '../../kube/wire/transport.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import type { OperatorFollower } from '../../objects/operator/progress.ts';
import { containerStatuses } from '../../objects/pod/pod.ts';
import { MAX_PODS } from './pod-logs.ts';
import { podNews } from './pod-news.ts';

/** Whose logs are followed. */
export interface FollowedPods {
  namespace: string;
  container: string;
  /** Those that are there now. */
  pods: readonly string[];
  /** Whether others that come are followed too. */
  joins: boolean;
  leader: string | null;
}

export interface FollowPodsHands {
  follower: Pick<OperatorFollower, 'state' | 'trouble' | 'change'>;
  /** Opens a connection for one stream: where that breaks, it takes no other with it. */
  open(): Pick<Transport, 'watch' | 'close'>;
  /** Hears every line. */
  line(pod: string, leads: boolean, text: string): unknown;
  /** Hears what becomes of the pods. */
  say(text: string): void;
  signal: AbortSignal;
}

/** Often enough to see that nobody renews the lease any more. */
const LOOK_MS = 1000;
/** What comes later is printed from its beginning. */
const FROM_START: LogBeginning = { tail: null, sinceSeconds: null, now: null };

/**
 * Follows the logs of these pods and of those that join them, and says what becomes of them. Settles when the signal says so, when the
 * only pod that was meant is gone, or when no log may be read: with whether one was refused.
 */
export async function followPods(of: FollowedPods, beginning: LogBeginning, hands: FollowPodsHands): Promise<boolean> {
  const { follower, say, signal } = hands;
  const { container } = of;
  const news = podNews(say, of.leader);
  const known = new Set<string>();
  const active = new Map<string, Followed>();
  let isRefused = false;
  let wakeUp = nothing;

  function start(pod: string, from: LogBeginning): void {
    known.add(pod);
    let wake = nothing;
    const own = {
      stream: oneStream(hands),
      pause: (milliseconds: number) =>
        pause(milliseconds, signal, (done) => {
          wake = done;
        }),
      restarts: () => restartsOf(follower, pod, container),
      line: (text: string) => hands.line(pod, news.leads(pod), text),
      say: (text: string) => say(`pod/${pod}: no log at present: ${text}`),
      signal,
    };
    const end = followLog({ namespace: of.namespace, pod, container }, from, own).then((refusal) => {
      active.delete(pod);
      wakeUp();
      isRefused ||= refusal !== null;
      if (refusal !== null) say(`error: log of pod/${pod}: ${refusal}`);
      else if (!signal.aborted) say(`pod/${pod} is gone`);
    });
    active.set(pod, { end, wake: () => wake(), restarts: own.restarts() });
  }

  function join(pod: string): void {
    const isFull = active.size >= MAX_PODS;
    news.tooMany(pod, isFull);
    if (isFull) return;
    say(`pod/${pod} joins`);
    start(pod, FROM_START);
  }

  function compare(pod: string, log: Followed): void {
    const restarts = restartsOf(follower, pod, container);
    if (restarts !== log.restarts) log.wake();
    log.restarts = restarts;
    if (typeof restarts === 'number') news.restarts(pod, container, restarts);
  }

  function look(): void {
    const state = follower.state();
    news.trouble(follower.trouble());
    if (!state.pods) return;
    if (of.joins) for (const pod of state.pods.map(nameOf).filter((name) => !known.has(name))) join(pod);
    for (const [pod, log] of active) compare(pod, log);
    news.none(active.size === 0);
    news.leader(state);
  }

  for (const pod of of.pods.slice(0, MAX_PODS)) start(pod, beginning);
  while (!signal.aborted && (active.size > 0 || (of.joins && !isRefused))) {
    await pause(LOOK_MS, signal, (done) => {
      wakeUp = done;
      follower.change(LOOK_MS).then(done, done);
    });
    if (!signal.aborted && (active.size > 0 || !isRefused)) look();
  }
  await Promise.all([...active.values()].map(({ end }) => end));
  return isRefused;
}

const nothing = (): void => undefined;

interface Followed {
  end: Promise<void>;
  wake(): void;
  restarts: number | null | undefined;
}

/** null: the pod is gone; undefined: not known at present. */
function restartsOf(follower: FollowPodsHands['follower'], name: string, container: string): number | null | undefined {
  const { pods } = follower.state();
  const pod = pods?.find((one) => nameOf(one) === name);
  if (!pod) return pods && null;
  return containerStatuses(pod).find((one) => one.name === container)?.restartCount ?? 0;
}

function oneStream({ open }: FollowPodsHands): Watch {
  return async (...words) => {
    const { watch, close } = open();
    try {
      return await watch(...words);
    } finally {
      close();
    }
  };
}
