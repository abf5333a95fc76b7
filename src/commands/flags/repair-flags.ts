import type { Wishes } from '../../mitigation/hands.ts';
import { EXIT, UserError } from '../../model/errors.ts';
import { DOCUMENT_FORMATS } from '../../report/format.ts';
import { choiceOf } from './choice.ts';
import type { Clash } from './clash.ts';
import { duration } from './duration.ts';
import type { Flag } from './flag.ts';
import { outputFlag } from './output-flag.ts';
import { isOn } from './parsed-arguments.ts';

const TIMEOUT = '5m';
const DRY_RUN = ['none', 'client', 'server'] as const;

/** The flags of commands that change a cluster. */
export const REPAIR_FLAGS: readonly Flag[] = [
  { name: 'yes', short: 'y', kind: 'switch', standard: 'false', help: 'Make the change without asking' },
  {
    name: 'dry-run',
    kind: 'text',
    standard: 'none',
    choices: DRY_RUN,
    help: 'Must be "none", "server", or "client": show the change without making it, checked by the server or not',
  },
  {
    name: 'confirm-context',
    kind: 'text',
    standard: '',
    completes: 'context',
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
  help: 'How long to watch for virt-operator to work again; all repairs of one run together, without the time that you take to answer',
};

export const LIST_FLAG: Flag = {
  name: 'list',
  kind: 'switch',
  standard: 'false',
  help: 'List what there is, and change nothing',
};

export const REPAIR_OUTPUT: Flag = outputFlag(DOCUMENT_FORMATS);

const CHANGES_NOTHING = 'a list changes nothing';

/** Flags of theirs that cannot both be meant. */
export const REPAIR_CLASHES: readonly Clash[] = [
  { flags: ['yes', 'dry-run'], why: 'a trial changes nothing and asks nothing' },
  { flags: ['list', 'subject'], why: CHANGES_NOTHING },
  { flags: ['list', 'yes'], why: CHANGES_NOTHING },
  { flags: ['list', 'dry-run'], why: CHANGES_NOTHING },
  { flags: ['list', 'confirm-context'], why: CHANGES_NOTHING },
  { flags: ['list', 'override-owner'], why: CHANGES_NOTHING },
];

export type RepairOptions = Omit<Wishes, 'isTerminal'> & { list: boolean };

/** The flags of commands that change a cluster, checked and typed. */
export function repairOptions(args: Readonly<Record<string, unknown>>): RepairOptions {
  const word = (name: string) => String([args[name]].flat().at(-1) ?? '');
  return {
    yes: isOn(args, 'yes'),
    dryRun: choiceOf(DRY_RUN, word('dry-run'), 'none'),
    confirmContext: word('confirm-context') || null,
    overrideOwner: isOn(args, 'override-owner'),
    timeout: timeout(word('timeout') || TIMEOUT),
    list: isOn(args, 'list'),
  };
}

function timeout(text: string): number {
  const milliseconds = duration(text);
  if (milliseconds !== null) return milliseconds;
  throw new UserError(`invalid value "${text}" for --timeout: use a duration such as 90s or 5m`, EXIT.usage);
}
