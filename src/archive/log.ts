import type { Answer, ApiRequest } from '../model/request.ts';

/** Lines by the URL of the log that asks for it. */
export type Logs = Record<string, string[]>;

/** What decides which log a request brings: its path, the container and the run. How much of it does not. */
function logUrl({ path, query }: ApiRequest): string {
  const { container = '', previous } = query ?? {};
  return `${path}?${new URLSearchParams({ container, ...(previous === 'true' && { previous }) })}`;
}

/** The last lines of a log that an archive holds; null when it does not. */
export function logAnswer(logs: Logs, request: ApiRequest): Answer | null {
  const lines = logs[logUrl(request)];
  if (lines === undefined) return null;
  const tail = Number(request.query?.tailLines ?? lines.length);
  const text = lines.slice(Math.max(0, lines.length - tail)).map((line) => `${line}\n`);
  return { status: 'read', body: { text: text.join('') } };
}

/** The lines of a log as it was answered, with `clean` passed over the whole of it; none for another answer. */
export function logLines(
  request: ApiRequest,
  answer: Answer,
  clean: (text: string) => string,
): [url: string, lines: string[]][] {
  const text = request.form === 'text' && answer.status === 'read' ? (answer.body as { text?: unknown }).text : null;
  if (typeof text !== 'string') return [];
  const lines = clean(text.trimEnd()).split('\n');
  return [[logUrl(request), text.trim() === '' ? [] : lines]];
}
