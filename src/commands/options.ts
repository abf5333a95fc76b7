import { join } from 'node:path';
import { EXIT } from '../model/errors.ts';
import { blank, line } from '../model/line.ts';
import { print } from '../terminal/print.ts';
import type { Command } from './command.ts';
import { GLOBAL_FLAGS } from './flags/global-flags.ts';
import { flagHelp } from './help.ts';

/** `options`: the flags that every command takes, laid out as `kubectl options` does. */
export const options: Command = {
  name: 'options',
  summary: 'Print the flags that every command takes',
  argument: null,
  examples: [
    { comment: 'Print the flags that every command takes', words: 'options' },
    { comment: 'Ask another cluster, before or after the command', words: '--context prod-a status' },
    { comment: 'Look in one namespace only, and allow more time', words: 'status -n kubevirt --request-timeout 30s' },
  ],
  flags: [],
  async run({ color }, io) {
    const cache = io.env.KUBECACHEDIR || join(io.env.HOME || '', '.kube', 'cache');
    const flags = GLOBAL_FLAGS.map((flag) =>
      flag.name === 'cache-dir' ? { ...flag, standard: cache } : flag,
    ).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const lines = [
      line('The following options can be passed to any command:'),
      ...flags.flatMap((flag) => [blank, ...flagHelp(flag)]),
    ];
    print({ kind: 'lines', lines }, io.stdout, io, color);
    return EXIT.ok;
  },
};
