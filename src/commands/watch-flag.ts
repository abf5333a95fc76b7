import { EXIT, UserError } from '../model/errors.ts';
import type { OutputFormat } from '../report/format.ts';
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

const OF_ONE_LOOK = ['contexts', 'all-contexts', 'from', 'quiet', 'show-commands', 'explain'];

/** What makes no sense while watching. */
export const WATCH_CLASHES: readonly Clash[] = OF_ONE_LOOK.map((flag) => ({
  flags: ['watch', flag],
  why: 'what is watched is the answer about one cluster',
}));

const WATCHABLE: readonly OutputFormat[] = ['text', 'wide', 'json', 'yaml', 'jsonpath'];

/** Refuses formats of which there is one page. */
export function checkWatch({ output }: Pick<Format, 'output'>): void {
  if (WATCHABLE.includes(output)) return;
  throw new UserError(`--watch prints no ${output}; use one of ${WATCHABLE.join(', ')}`, EXIT.usage);
}
