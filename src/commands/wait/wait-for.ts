import type { Look } from '../../mitigation/hands.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { OperatorReport } from '../../model/report.ts';
import type { OperatorFollower, OperatorState, Progress } from '../../objects/operator/progress.ts';
import type { Goal } from '../flags/wait-flags.ts';
import { GOAL_READS, isReached, progressTo, progressWords } from './goal.ts';
import { placeIn } from './place.ts';

const TICK_MS = 1000;
/** Between two looks at everything: while the few objects look right, and while they do not. */
const LOOK_SOON_MS = 5000;
const LOOK_MS = 30_000;
/** For the last look, after the time is up: why it is not so. */
const LAST_LOOK_MS = 3000;

/** The world that one waits in. All of it is handed in. */
export interface WaitHands {
  /** Reads everything and concludes, within so many milliseconds. Rejects with an AccessError when there is no answer. */
  look(withinMs: number): Promise<Look>;
  follow(where: { namespace: string; name: string }): OperatorFollower;
  progress(text: string): void;
  ticks(): number;
}

export interface WaitWishes {
  goal: Goal;
  /** Milliseconds. */
  timeout: number;
  /** Whether the report is wanted too once the goal is reached. */
  needsReport: boolean;
}

export interface Waited {
  outcome: 'reached' | 'timeout' | 'forbidden';
  seconds: number;
  /** What is still waited for, or which right is missing. */
  text: string;
  progress: Progress;
  /** The last one that was made. */
  report: OperatorReport;
}

/** Waits until the goal is reached, the time is up, or it is clear that this user may not see it. */
export async function waitFor(first: Look, wishes: WaitWishes, hands: WaitHands, start: number): Promise<Waited> {
  const passed = () => hands.ticks() - start;
  const progress = progressTo(wishes.goal, stateIn(first.evidence));
  const settled = decided(first, wishes.goal);
  if (settled) return { ...settled, seconds: secondsOf(passed()), progress, report: first.report };

  const follower = hands.follow(placeIn(first.evidence) ?? { namespace: '', name: 'virt-operator' });
  let last: Last = { look: first, at: passed(), progress: null, refused: false };
  try {
    while (true) {
      const now = progressNow(follower, wishes.goal);
      hands.progress(`${now.words} (${secondsOf(passed())}s)`);
      const { ended, last: latest } = await step(now, last, wishes, hands, passed);
      if (ended) {
        const seen = progressTo(wishes.goal, stateIn(latest.look.evidence));
        const isLate = ended.outcome === 'reached' && !isReached(wishes.goal, now.progress);
        return {
          ...ended,
          seconds: secondsOf(passed()),
          progress: isLate ? seen : now.progress,
          report: latest.look.report,
        };
      }
      last = latest;
      await follower.change(Math.min(TICK_MS, Math.max(0, wishes.timeout - passed())));
    }
  } finally {
    await follower.close();
  }
}

type Ended = Pick<Waited, 'outcome' | 'text'>;
interface Now {
  progress: Progress;
  words: string;
}
/** The last look at everything: what it brought, when, and how far virt-operator had come. */
interface Last {
  look: Look;
  at: number;
  progress: string | null;
  /** Whether a needed read was refused. */
  refused: boolean;
}

async function step(now: Now, last: Last, wishes: WaitWishes, hands: WaitHands, passed: () => number) {
  const { goal, timeout, needsReport } = wishes;
  const left = timeout - passed();
  const reached = isReached(goal, now.progress);
  if (reached && goal !== 'healthy' && !needsReport)
    return { ended: { outcome: 'reached', text: '' } satisfies Ended, last };
  const key = JSON.stringify(now.progress);
  const isUp = left <= 0;
  if (!isUp && !isTimeToLook(goal, reached, passed() - last.at, key !== last.progress)) return { ended: null, last };
  const fresh = await hands.look(isUp ? LAST_LOOK_MS : left).catch(() => null);
  const ended = fresh && decided(fresh, goal);
  // An API server that has just started may refuse at first what it allows a moment later.
  const isSudden = ended?.outcome === 'forbidden' && !last.refused && !isUp;
  const latest = { look: fresh ?? last.look, at: passed(), progress: key, refused: ended?.outcome === 'forbidden' };
  if (ended && !isSudden) return { ended, last: latest };
  return { ended: isUp ? ({ outcome: 'timeout', text: now.words } satisfies Ended) : null, last: latest };
}

function progressNow(follower: OperatorFollower, goal: Goal): Now {
  const progress = progressTo(goal, follower.state());
  const trouble = progress.awaited === 'answer' ? follower.trouble() : null;
  const words = trouble === null ? progressWords(goal, progress) : `no answer, trying again: ${trouble}`;
  return { progress, words };
}

/** What a look at everything settles. */
function decided(look: Look, goal: Goal): Ended | null {
  const refused = refusedIn(look, goal);
  if (refused !== null) return { outcome: 'forbidden', text: refused };
  const isDone =
    goal === 'healthy' ? look.report.verdict === 'healthy' : isReached(goal, progressTo(goal, stateIn(look.evidence)));
  return isDone ? { outcome: 'reached', text: '' } : null;
}

function secondsOf(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}

/** At once when the few objects have come to look right; after that now and then. */
function isTimeToLook(goal: Goal, reached: boolean, since: number, isNews: boolean): boolean {
  if (reached) return isNews || since >= LOOK_SOON_MS;
  return goal === 'healthy' && since >= LOOK_MS;
}

function stateIn({ readAt, reads }: Evidence): OperatorState {
  return {
    readAt,
    deployment: known(reads.deployment),
    replicaSets: known(reads.replicaSets) ?? undefined,
    pods: known(reads.pods) ?? undefined,
    lease: known(reads.operatorLease),
  };
}

function known<T>(read: { status: string } | { status: 'read'; value: T }): T | null | undefined {
  if ('value' in read) return read.value;
  return read.status === 'absent' ? null : undefined;
}

/** The read that the goal needs and this user may not make, in words. */
function refusedIn({ evidence, report }: Look, goal: Goal): string | null {
  const { namespace, reads, log } = evidence;
  // Without a namespace only the search for the Deployment was made, in one namespace after the other.
  const key = namespace === null ? 'deployment' : GOAL_READS[goal].find((one) => reads[one].status === 'forbidden');
  const entry = key && reads[key].status === 'forbidden' ? log.find((one) => one.key === key) : undefined;
  if (entry?.right) return `${entry.what}: this needs the right to ${rightWords(entry.right)}`;
  return goal === 'healthy' && report.verdict === 'incomplete' ? refusedWords(report) : null;
}

/** Something is lacking and what may say why was refused: then it is never found healthy either. */
function refusedWords({ notChecked }: OperatorReport): string | null {
  const refused = notChecked.find(({ needs }) => needs !== null);
  return refused?.needs ? `${refused.what}: this needs the right to ${rightWords(refused.needs)}` : null;
}

function rightWords({ verb, group, resource, namespace }: NonNullable<OperatorReport['notChecked'][number]['needs']>) {
  const full = group === '' ? resource : `${resource}.${group}`;
  return `${verb} ${full}${namespace === null ? '' : ` in namespace ${namespace}`}`;
}
