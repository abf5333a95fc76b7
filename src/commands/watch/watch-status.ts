import type { Look } from '../../mitigation/hands.ts';
import { AccessError } from '../../model/errors.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { OperatorFollower } from '../../objects/operator/progress.ts';
import { type OperatorState, progressOf } from '../../objects/operator/progress.ts';
import { type Place, placeIn } from '../wait/place.ts';
import type { WaitHands } from '../wait/wait-for.ts';

const TICK_MS = 1000;
/** Between two looks at everything: at least, and at most while something is wrong, and while all is well. */
const LEAST_MS = 3000;
const MOST_WRONG_MS = 10_000;
const MOST_MS = 30_000;

/** The last look at everything that brought an answer, and why there is no newer one. */
export interface Seen {
  look: Look | null;
  trouble: { error: AccessError; since: string } | null;
}

/** The world that one watches in. All of it is handed in. */
export interface WatchHands extends Pick<WaitHands, 'follow' | 'ticks'> {
  /** Reads everything and concludes. Rejects with an AccessError when there is no answer. */
  look(): Promise<Look>;
  show(seen: Seen): void;
  pause(milliseconds: number): Promise<void>;
  /** The time, RFC 3339. */
  now(): string;
  isOver(): boolean;
}

interface Followed {
  place: Place;
  follower: OperatorFollower;
}

/**
 * Looks at everything, again whenever one of the operator's few objects has changed, and now and then without that: what is wrong
 * may be elsewhere. Goes on while nobody answers. Settles when it is over.
 */
export async function watchStatus(hands: WatchHands): Promise<void> {
  let seen: Seen = { look: null, trouble: null };
  let followed: Followed | null = null;
  let failures = 0;
  try {
    while (!hands.isOver()) {
      const before = stateKey(followed);
      seen = await lookAgain(seen, hands);
      failures = seen.trouble ? failures + 1 : 0;
      hands.show(seen);
      followed = await follow(followed, seen.look, hands);
      await untilNews(followed, before, mostBetween(seen, failures), hands);
    }
  } finally {
    await followed?.follower.close();
  }
}

async function lookAgain(seen: Seen, hands: WatchHands): Promise<Seen> {
  try {
    return { look: await hands.look(), trouble: null };
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    return { look: seen.look, trouble: { error, since: seen.trouble?.since ?? hands.now() } };
  }
}

/** Follows the objects of the operator that was found; another one when it was found elsewhere. */
async function follow(followed: Followed | null, look: Look | null, hands: WatchHands): Promise<Followed | null> {
  const place = look && placeIn(look.evidence);
  if (!place || (place.namespace === followed?.place.namespace && place.name === followed.place.name)) return followed;
  await followed?.follower.close();
  return { place, follower: hands.follow(place) };
}

function mostBetween({ look, trouble }: Seen, failures: number): number {
  if (trouble) return Math.min(MOST_MS, LEAST_MS * 2 ** (failures - 1));
  return look?.report.verdict === 'healthy' ? MOST_MS : MOST_WRONG_MS;
}

async function untilNews(followed: Followed | null, before: string, most: number, hands: WatchHands): Promise<void> {
  const start = hands.ticks();
  while (!hands.isOver()) {
    const isNews = stateKey(followed) !== before;
    if (hands.ticks() - start >= (isNews ? Math.min(LEAST_MS, most) : most)) return;
    await (followed ? followed.follower.change(TICK_MS) : hands.pause(TICK_MS));
  }
}

/** Another one whenever the operator's objects have changed; a lease that is only renewed is no change. */
function stateKey(followed: Followed | null): string {
  return followed ? keyOf(followed.follower.state()) : '';
}

function keyOf(state: OperatorState): string {
  const { deployment, replicaSets, pods, lease } = state;
  const version = (one: KubernetesObject | null | undefined) =>
    one && [one.metadata?.name, one.metadata?.resourceVersion];
  const known = [deployment !== undefined, replicaSets !== undefined, pods !== undefined, lease !== undefined];
  return JSON.stringify([
    known,
    version(deployment),
    replicaSets?.map(version),
    pods?.map(version),
    lease?.spec?.holderIdentity,
    progressOf(state).leader,
  ]);
}
