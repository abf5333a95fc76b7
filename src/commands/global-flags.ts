import { CONFIG_FLAGS } from './config-flags.ts';
import type { Flag } from './flag.ts';

/** Flags that every command takes. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  ...CONFIG_FLAGS,
  { name: 'color', kind: 'text', standard: 'auto', help: 'When to use colour: auto, always or never' },
  { name: 'from', kind: 'text', standard: '', help: 'Read this bundle, directory or YAML file instead of a cluster' },
  { name: 'quiet', short: 'q', kind: 'switch', standard: 'false', help: 'Print no report; the exit code tells' },
  {
    name: 'show-commands',
    kind: 'switch',
    standard: 'false',
    help: 'Print the kubectl commands that read the same, on standard error',
  },
];
