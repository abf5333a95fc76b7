import type { Wishes } from '../mitigation/hands.ts';
import { EXIT, UserError } from '../model/errors.ts';
import { DOCUMENT_FORMATS } from '../report/format.ts';
import { duration } from './duration.ts';
import type { Flag } from './flag.ts';
import { outputFlag } from './output-flag.ts';

const TIMEOUT = '5m';
const DRY_RUN = ['none', 'client', 'server'] as const;

/** The flags of commands that change a cluster. */
export const REPAIR_FLAGS: readonly Flag[] = [
  { name: 'yes', short: 'y', kind: 'switch', standard: 'false', help: 'Make the change without asking' },
  {
    name: 'dry-run',
    kind: 'text',
    standard: 'none',
    help: 'Must be "none", "server", or "client": show the change without making it, checked by the server or not',
    choices: DRY_RUN,
  },
  {
    name: 'confirm-context',
    kind: 'text',
    standard: '',
    help: 'Change only this context, and ask for its name instead of y. Of a context that looks like production the name is asked in any case',
  },
  {
    name: 'override-owner',
    kind: 'switch',
    standard: 'false',
    help: 'Make the change although OLM, Helm, Argo CD, Flux or another tool may undo it',
  },
];

export const WATCH_FLAG: Flag = {
  name: 'timeout',
  kind: 'text',
  standard: TIMEOUT,
  help: 'How long to watch for virt-operator to work again',
};

export const LIST_FLAG: Flag = {
  name: 'list',
  kind: 'switch',
  standard: 'false',
  help: 'List what there is, and change nothing',
};

export const REPAIR_OUTPUT: Flag = outputFlag(DOCUMENT_FORMATS);

export type RepairOptions = Omit<Wishes, 'isTerminal'> & { list: boolean };

/** The flags of commands that change a cluster, checked and typed. */
export function repairOptions(args: Readonly<Record<string, unknown>>): RepairOptions {
  const word = (name: string) => String([args[name]].flat().at(-1) ?? '');
  return {
    yes: args.yes === true,
    dryRun: dryRun(word('dry-run') || 'none'),
    confirmContext: word('confirm-context') || null,
    overrideOwner: args['override-owner'] === true,
    timeout: timeout(word('timeout') || TIMEOUT),
    list: args.list === true,
  };
}

function dryRun(text: string): RepairOptions['dryRun'] {
  const found = DRY_RUN.find((one) => one === text);
  if (found) return found;
  throw new UserError(`invalid value "${text}" for --dry-run: must be "none", "server", or "client"`, EXIT.usage);
}

function timeout(text: string): number {
  const milliseconds = duration(text);
  if (milliseconds !== null) return milliseconds;
  throw new UserError(`invalid value "${text}" for --timeout: use a duration such as 90s or 5m`, EXIT.usage);
}
