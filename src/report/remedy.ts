import type { Mitigation } from '../model/finding.ts';

/** kubectl's verbs that change nothing. */
const LOOKS = ['get', 'describe', 'logs', 'events', 'config', 'auth', 'virtop'];

/** Whether a mitigation's command mends something; otherwise it shows where to look, and a person decides. */
export function mends({ command }: Mitigation): boolean {
  const verb = /^kubectl(?: -n \S+)? (\S+)/.exec(command)?.[1];
  return verb === undefined || !LOOKS.includes(verb);
}
