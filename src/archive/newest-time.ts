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

/** The latest time that any object mentions: a heartbeat or lease renewal, so seconds before the objects were read. Null when none does. */
export function newestTime(value: unknown): string | null {
  const newest = timesIn(value).reduce((latest, time) => Math.max(latest, time), 0);
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
