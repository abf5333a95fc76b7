import { saidIn } from '../meta/log-line.ts';
import { nameOf } from '../meta/reference.ts';
import { type Logs, logOf, logSource } from './container-log.ts';
import type { Crash } from './crash.ts';
import { lastWords } from './crash-log.ts';

/** A termination message is the last 2,048 bytes of the log at most (Kubernetes 1.36 pkg/kubelet/container/runtime.go MaxContainerTerminationMessageLogLength). */
const CUT = 2000;
/** A program ends right after it says why; what it said before that was about something else. */
const LAST_LINES = 12;

/** Whether the pod's own record of a container's last words leaves open why it ended, so that its log may say more. */
export function lacksWords({ message }: Crash): boolean {
  const words = lastWords(message);
  if (words === null) return true;
  if (words.kind === 'crash-panic') return !isPanic(words.line);
  return words.kind === 'leader-election-lost' && message.length >= CUT;
}

/** The same end, with the last words from the container's log where the pod's own record lacks them. */
export function withLog(crash: Crash, logs: Logs): Crash {
  const log = lacksWords(crash) ? logOf(logs, nameOf(crash.pod), crash.container) : null;
  return log ? { ...crash, message: endOf(log.text, crash.exitCode), saidIn: logSource(log) } : crash;
}

/** Of a panic all that Go prints; else the last lines. */
function endOf(text: string, exitCode: number | null): string {
  const lines = text.trimEnd().split('\n');
  const panic = lines.findLastIndex(isPanic);
  const isStack = exitCode === 2 && lines.some((line) => /^goroutine \d+ \[/.test(line));
  if (panic >= 0 && (isStack || panic >= lines.length - LAST_LINES)) return lines.slice(panic).join('\n');
  return isStack ? text : lines.slice(-LAST_LINES).join('\n');
}

function isPanic(line: string): boolean {
  return /^(?:panic|fatal error): /.test(line);
}

/** The last lines of a text, of JSON lines what they say. */
export function lastLinesOf(text: string, count: number): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count).map(saidIn);
}
