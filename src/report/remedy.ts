import type { Mitigation } from '../model/finding.ts';
import { type Line, line, wholeLine } from '../model/line.ts';

/** kubectl's verbs that change nothing. */
const LOOKS = ['get', 'describe', 'logs', 'events', 'top', 'version', 'config', 'auth', 'virtop'];

/** Whether a command mends something; otherwise it shows where to look, and a person decides. */
export function mends({ command }: { command: string }): boolean {
  const verb = /^kubectl(?: -n \S+)? (\S+)/.exec(command)?.[1];
  return verb === undefined || !LOOKS.includes(verb);
}

/** How this program makes a repair; null where it leaves that to a person. */
export function repairCommand({ action, automatic }: Mitigation): string | null {
  return automatic ? `kubectl virtop mitigate ${action}` : null;
}

/** Steps for a person, numbered; a command stays in one piece. */
export function stepLines(steps: readonly string[], indent: number): Line[] {
  return steps.map((text, index) => {
    const number = `${' '.repeat(indent)}${index + 1}. `;
    return text.startsWith('kubectl ') ? wholeLine(number + text) : line(number + text, number.length);
  });
}
