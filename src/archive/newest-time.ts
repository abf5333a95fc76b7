/** Fields that a controller or kubelet sets to the present: none of them lies in the future, as a certificate's end does. */
const TIME_FIELDS = new Set([
  'creationTimestamp',
  'eventTime',
  'firstTimestamp',
  'lastHeartbeatTime',
  'lastObservedTime',
  'lastTimestamp',
  'lastTransitionTime',
  'lastUpdateTime',
  'renewTime',
  'startedAt',
  'finishedAt',
]);

/** By so much a cluster's clock may be ahead of the machine's that wrote a file. */
const SKEW_MS = 3_600_000;

/**
 * The latest time that any object mentions: a heartbeat or lease renewal, so seconds before the objects were read. Null when none does.
 * A time long after `written`, when the file was, is a mistake, unless all are: then the file's own time is none.
 */
export function newestTime(value: unknown, written: Date): string | null {
  const times = timesIn(value);
  const possible = times.filter((time) => time <= written.getTime() + SKEW_MS);
  const newest = (possible.length > 0 ? possible : times).reduce((latest, time) => Math.max(latest, time), 0);
  return newest > 0 ? new Date(newest).toISOString() : null;
}

function timesIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(timesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner === 'string' && TIME_FIELDS.has(key)) return [Date.parse(inner)].filter((time) => time > 0);
    return timesIn(inner);
  });
}
