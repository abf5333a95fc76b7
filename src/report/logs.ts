import type { ContainerLog } from '../model/container-log.ts';
import { type Line, type Output, span, wholeLine } from '../model/line.ts';

/** The lines of these logs, one pod after the other, each with its pod's name and whether that leads. */
export function logLines(logs: readonly ContainerLog[], leader: string | null): Output {
  return { kind: 'lines', lines: logs.flatMap((log) => linesOf(log, log.pod === leader)) };
}

/** One line of a pod's log. */
export function logLine(pod: string, leads: boolean, text: string): Line {
  return wholeLine([leads ? span(`[${pod} leads] `, 'strong') : span(`[${pod}] `, 'faint'), span(text)]);
}

function linesOf({ pod, text }: ContainerLog, leads: boolean): Line[] {
  return text === '' ? [] : text.split('\n').map((row) => logLine(pod, leads, row));
}
