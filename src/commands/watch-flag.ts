import { EXIT, UserError } from '../model/errors.ts';
import type { OutputFormat } from '../report/format.ts';
import type { Flag } from './flag.ts';
import type { Options } from './parse-options.ts';

export const WATCH_STATUS_FLAG: Flag = {
  name: 'watch',
  short: 'w',
  kind: 'switch',
  standard: 'false',
  help: 'Keep the answer up to date until Ctrl-C: on a terminal in place, elsewhere a line (with -o json a document) for each change',
};

const WATCHABLE: readonly OutputFormat[] = ['text', 'wide', 'json', 'yaml', 'jsonpath'];

/** Refuses what makes no sense while watching. */
export function checkWatch({ from, output, quiet, showCommands }: Options): void {
  if (from !== null) throw usage('saved objects never change; leave out --from to watch the cluster itself');
  if (quiet || showCommands) throw usage('--watch goes neither with --quiet nor with --show-commands');
  if (!WATCHABLE.includes(output)) throw usage(`--watch prints no ${output}; use one of ${WATCHABLE.join(', ')}`);
}

function usage(message: string): UserError {
  return new UserError(message, EXIT.usage);
}
