import { EXIT, UserError } from '../../model/errors.ts';
import type { OutputFormat } from '../../report/format.ts';
import type { Clash } from './clash.ts';
import type { Flag } from './flag.ts';
import type { Format } from './output-flag.ts';

export const WATCH_STATUS_FLAG: Flag = {
  name: 'watch',
  short: 'w',
  kind: 'switch',
  standard: 'false',
  help: 'Keep the answer up to date until Ctrl-C: on a terminal in place, elsewhere a line (with -o json a document) for each change',
};

const WHY_NOT: Readonly<Record<string, string>> = {
  contexts: 'what is watched is the answer about one cluster',
  'all-contexts': 'what is watched is the answer about one cluster',
  from: 'saved objects do not change',
  quiet: 'watching only prints; wait -q ends when virt-operator is healthy',
  'show-commands': 'watching reads again and again',
  explain: 'a cause is explained once',
};

/** What makes no sense while watching. */
export const WATCH_CLASHES: readonly Clash[] = Object.entries(WHY_NOT).map(([flag, why]) => ({
  flags: ['watch', flag],
  why,
}));

const WATCHABLE: readonly OutputFormat[] = ['text', 'wide', 'json', 'yaml', 'jsonpath'];

/** Refuses formats of which there is one page. */
export function checkWatch({ output }: Pick<Format, 'output'>): void {
  if (WATCHABLE.includes(output)) return;
  throw new UserError(`--watch prints no ${output}; use one of ${WATCHABLE.join(', ')}`, EXIT.usage);
}
