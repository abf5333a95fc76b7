import type { Finding } from '../model/finding.ts';
import type { CauseReference } from '../model/repair.ts';
import type { OperatorReport } from '../model/report.ts';
import { type OperatorFollower, type Progress, progressOf } from '../objects/operator/progress.ts';
import type { Hands } from './hands.ts';

/** The longest time between two looks at the few objects, and between two looks at everything. */
const STEP_MS = 1000;
const LOOK_MS = 10_000;
/** A container that is killed again and again is ready in between: what works must go on working for so long. */
export const STABLE_MS = 5000;
/** The same where something else is known to be in the way. */
const BRIEF_LOOK_MS = 3000;
/** Another cause that stands for so long while the repaired one is gone will not go by itself. */
const STUCK_MS = 30_000;

export interface Verified {
  recovered: boolean;
  seconds: number;
  leader: string | null;
  waitingFor: string | null;
  next: CauseReference | null;
  /** Why it cannot recover, where that is known. */
  reason: string | null;
}

/**
 * Watches until the cause is gone and virt-operator works: every replica ready, one of them leading. Ends early when another cause
 * stands in the way. Answers that are missing, as while an API server restarts, are waited for.
 */
export async function verify(
  cause: Finding,
  where: { namespace: string; name: string },
  hands: Hands,
  limits: Limits,
): Promise<Verified> {
  const start = hands.ticks();
  const follower = hands.follow(where);
  let watch: Watch = {
    passed: 0,
    lookedAt: 0,
    doneSince: null,
    progress: null,
    report: null,
    stuck: null,
    setBack: null,
  };
  try {
    while (true) {
      const progress = progressNow(follower);
      const passed = hands.ticks() - start;
      const doneSince = progress.awaited === 'done' ? (watch.doneSince ?? passed) : null;
      watch = { ...watch, progress, passed, doneSince };
      // What was not asked for yet is no trouble.
      if (progress.awaited !== 'answer' || passed >= STEP_MS) {
        hands.progress({ text: wordsFor(progress), seconds: Math.round(passed / 1000) });
      }
      if (isTimeToLook(watch, cause, limits)) watch = await looked(watch, cause, hands, limits);
      const ended = endOf(watch, cause, limits);
      if (ended) return ended;
      await follower.change(STEP_MS);
    }
  } finally {
    hands.progress(null);
    await follower.close();
  }
}

function progressNow(follower: OperatorFollower): Progress {
  const progress = progressOf(follower.state());
  const trouble = progress.awaited === 'answer' ? follower.trouble() : null;
  return trouble === null ? progress : { ...progress, text: `${progress.text}: ${trouble}` };
}

interface Limits {
  timeout: number;
  /** Codes of what was proved to be in the way behind the cause. */
  behind?: readonly string[];
  /** That something else took the change back; null while it holds. */
  setBack?(): Promise<string | null>;
}

interface Watch {
  /** Milliseconds since the change. */
  passed: number;
  lookedAt: number;
  /** Since when every replica was ready and one led, without a break. */
  doneSince: number | null;
  progress: Progress | null;
  report: OperatorReport | null;
  stuck: { code: string; since: number } | null;
  setBack: string | null;
}

function wordsFor({ awaited, text, leader }: Progress): string {
  return awaited === 'done' ? `${leader} leads; making sure that it stays so` : `Waiting for ${text}`;
}

function isTimeToLook(watch: Watch, cause: Finding, { timeout, behind = [] }: Limits): boolean {
  const lookMs = cause.next || behind.length > 0 ? BRIEF_LOOK_MS : LOOK_MS;
  const since = watch.passed - watch.lookedAt;
  return watch.passed >= timeout || since >= (isStable(watch) ? STEP_MS : lookMs);
}

function isStable({ doneSince, passed }: Watch): boolean {
  return doneSince !== null && passed - doneSince >= STABLE_MS;
}

async function looked(watch: Watch, cause: Finding, hands: Hands, limits: Limits): Promise<Watch> {
  const report = await lookOrNull(hands);
  if (!report) return { ...watch, lookedAt: watch.passed };
  const stuck = stuckOn(cause, report, watch.stuck, watch.passed);
  const setBack = isGone(cause, report) ? null : ((await limits.setBack?.()) ?? null);
  return { ...watch, lookedAt: watch.passed, report, stuck, setBack };
}

function endOf(watch: Watch, cause: Finding, { timeout, behind = [] }: Limits): Verified | null {
  const { progress, passed, lookedAt, report, setBack } = watch;
  const seconds = Math.round(passed / 100) / 10;
  const isFresh = report !== null && lookedAt === passed;
  if (isFresh && isStable(watch) && isGone(cause, report) && works(report)) {
    return { recovered: true, seconds, leader: progress?.leader ?? null, waitingFor: null, next: null, reason: null };
  }
  if (passed < timeout && !isHopeless(watch, cause, behind)) return null;
  return {
    recovered: false,
    seconds,
    leader: null,
    waitingFor: progress?.text ?? null,
    next: setBack === null ? nextOf(report) : null,
    reason: setBack,
  };
}

/** Whether it will not recover by itself: something took the change back, or another cause stands in the way. */
function isHopeless({ stuck, setBack, passed, report }: Watch, cause: Finding, behind: readonly string[]): boolean {
  if (setBack !== null || !stuck || !report) return setBack !== null;
  const isKnown = cause.next || behind.includes(stuck.code);
  return (isKnown && isGone(cause, report)) || passed - stuck.since >= STUCK_MS;
}

/** The finding that was repaired, on the same object, is not found any more. */
function isGone(cause: Finding, { causes, findings }: OperatorReport): boolean {
  return ![...causes, ...findings].some(({ code, object }) => code === cause.code && object.name === cause.object.name);
}

/** Whether it may be called repaired: what `status` would call out of order is not, even where all pods are ready and one leads. */
function works({ verdict }: OperatorReport): boolean {
  return verdict !== 'down' && verdict !== 'degraded';
}

/** Another cause that is not only possible, and since when it has been the first. */
function stuckOn(
  cause: Finding,
  { causes }: OperatorReport,
  before: { code: string; since: number } | null,
  now: number,
): { code: string; since: number } | null {
  const [first] = causes;
  const isSame = first?.code === cause.code && first.object.name === cause.object.name;
  if (!first || isSame || first.confidence === 'possible') return null;
  return before?.code === first.code ? before : { code: first.code, since: now };
}

function nextOf(report: OperatorReport | null): CauseReference | null {
  const [first] = report?.causes ?? [];
  return first ? { code: first.code, title: first.title, object: first.object } : null;
}

async function lookOrNull({ look }: Hands): Promise<OperatorReport | null> {
  try {
    return (await look()).report;
  } catch {
    return null;
  }
}
