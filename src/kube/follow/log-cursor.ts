/** How far a log has been read: where reading it goes on after the stream has ended, with no line lost and none twice. */
export interface LogCursor {
  /** The time of the last line, as the server wrote it; null before there was one. */
  time: string | null;
  /** The same, in a form that compares. */
  key: string;
  /** The lines that have that time. */
  texts: readonly string[];
  /** While lines may come again: which of that time are still to come. Else null. */
  again: readonly string[] | null;
}

export const LOG_START: LogCursor = { time: null, key: '', texts: [], again: null };

/** Of no more lines of one instant is kept track. */
const MOST_TEXTS = 500;

/** From now on lines that are known may come again, for the server counts from whole seconds (Kubernetes 1.36 core/v1 types.go PodLogOptions.sinceTime). */
export function readAgain(cursor: LogCursor): LogCursor {
  return { ...cursor, again: cursor.texts };
}

/** Takes the next line, with its time in front; `text` is null for one that came before. A line without a time is always new. */
export function nextLine(cursor: LogCursor, line: string): { cursor: LogCursor; text: string | null } {
  const [, time = '', text = ''] = /^(\d{4}-\d\d-\d\dT\S+) ?(.*)$/s.exec(line) ?? [];
  const key = comparable(time);
  if (key === null) return { cursor, text: line };
  // A node's clock may have been set back.
  if (key < cursor.key) return { cursor, text: cursor.again === null ? text : null };
  if (key > cursor.key) return { cursor: { time, key, texts: [text], again: null }, text };
  const place = cursor.again?.indexOf(text) ?? -1;
  if (cursor.again && place >= 0) return { cursor: { ...cursor, again: cursor.again.toSpliced(place, 1) }, text: null };
  return { cursor: { ...cursor, texts: [...cursor.texts, text].slice(-MOST_TEXTS) }, text };
}

/** RFC 3339 with nanoseconds, as text whose order is that of the times; null where it is no time. */
function comparable(time: string): string | null {
  const [, seconds, fraction = '', zone] = /^(.+T\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  const milliseconds = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(milliseconds) ? null : `${new Date(milliseconds).toISOString()}.${fraction.padEnd(9, '0')}`;
}
