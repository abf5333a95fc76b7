import type { ContainerLog } from '../model/container-log.ts';
import { type Line, type Output, span, wholeLine } from '../model/line.ts';

/** The lines of these logs, one pod after the other, each with its pod's name and whether that leads. */
export function logLines(logs: readonly ContainerLog[], leader: string | null): Output {
  return { kind: 'lines', lines: logs.flatMap((log) => linesOf(log, log.pod === leader)) };
}

function linesOf({ pod, text }: ContainerLog, leads: boolean): Line[] {
  if (text === '') return [];
  const prefix = leads ? span(`[${pod} leads] `, 'strong') : span(`[${pod}] `, 'faint');
  return text.split('\n').map((row) => wholeLine([prefix, span(row)]));
}
