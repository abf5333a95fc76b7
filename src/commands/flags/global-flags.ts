import { COLOR_MODES } from '../../terminal/color.ts';
import { CONFIG_FLAGS } from './config-flags.ts';
import type { Flag } from './flag.ts';

/** Help is asked for in place of a command's work. */
export const HELP_FLAG: Flag = {
  name: 'help',
  short: 'h',
  kind: 'switch',
  standard: 'false',
  help: 'Help for this command',
};

/** Flags that every command takes. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  ...CONFIG_FLAGS,
  {
    name: 'color',
    kind: 'text',
    standard: 'auto',
    choices: COLOR_MODES,
    help: 'When to use colour: auto, always or never',
  },
  {
    name: 'from',
    kind: 'text',
    standard: '',
    completes: 'file',
    help: 'Read this bundle, directory or YAML file instead of a cluster; wait, can-i and repairs need the cluster itself',
  },
  { name: 'quiet', short: 'q', kind: 'switch', standard: 'false', help: 'Print no report; the exit code tells' },
  {
    name: 'show-commands',
    kind: 'switch',
    standard: 'false',
    help: 'Print the kubectl commands that read the same, on standard error (status, describe, alerts, logs)',
  },
];

/** kubectl takes '' for not given. What else needs a value needs one: a script that lost it would do something else. */
export function mayBeEmpty(flag: Flag): boolean {
  return CONFIG_FLAGS.includes(flag) || flag.name === 'output';
}
