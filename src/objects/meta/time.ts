/** Milliseconds since 1970 of an RFC 3339 time, or null when it is missing, unreadable or Go's zero time (year 1). */
export function millis(time: string | null | undefined): number | null {
  if (typeof time !== 'string') return null;
  const value = Date.parse(time);
  return Number.isNaN(value) || value <= 0 ? null : value;
}

/** Seconds from `time` to `readAt`; negative when `time` is in the future, null when either is unknown. */
export function ageSeconds(readAt: string, time: string | null | undefined): number | null {
  const from = millis(time);
  const to = millis(readAt);
  return from === null || to === null ? null : (to - from) / 1000;
}

/** The later of two times; a missing one loses. */
export function later(a: string | null | undefined, b: string | null | undefined): string | null {
  const [first, second] = [millis(a), millis(b)];
  if (first === null) return second === null ? null : (b ?? null);
  return second === null || first >= second ? (a ?? null) : (b ?? null);
}
