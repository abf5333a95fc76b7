import { ageSeconds } from './time.ts';

/** Seconds as kubectl shows ages, two or three figures: `75s`, `3m12s`, `30h`, `3d4h` (apimachinery v0.36 pkg/util/duration HumanDuration). */
export function humanDuration(seconds: number): string {
  const whole = Math.trunc(seconds);
  if (whole < -1) return '<invalid>';
  if (whole < 120) return `${Math.max(0, whole)}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 10) return pair(minutes, 'm', whole % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (days < 8) return pair(days, 'd', hours % 24, 'h');
  if (days < 2 * 365) return `${days}d`;
  const years = Math.floor(days / 365);
  return years < 8 ? pair(years, 'y', days % 365, 'd') : `${years}y`;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}

/** How long ago a time was, in a sentence; kubectl's `<invalid>` says nothing to a person. */
export function ago(readAt: string, time: string | null | undefined): string {
  const seconds = ageSeconds(readAt, time);
  return isAhead(seconds) ? `${humanDuration(-seconds)} from now: a clock is ahead` : `${age(readAt, time)} ago`;
}

/** For how long something has been so, in a sentence. */
export function lasting(readAt: string, since: string | null | undefined): string {
  const seconds = ageSeconds(readAt, since);
  return isAhead(seconds) ? `since ${humanDuration(-seconds)} from now: a clock is ahead` : `for ${age(readAt, since)}`;
}

/** kubectl, too, takes a second for the time that an answer takes. */
function isAhead(seconds: number | null): seconds is number {
  return seconds !== null && Math.trunc(seconds) < -1;
}

/** How long before `readAt` a time was, as kubectl's AGE column says it; `<unknown>` when there is no time. */
export function age(readAt: string, time: string | null | undefined): string {
  const seconds = ageSeconds(readAt, time);
  return seconds === null ? '<unknown>' : humanDuration(seconds);
}
