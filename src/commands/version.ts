import manifest from '../../package.json' with { type: 'json' };
import { EXIT } from '../model/errors.ts';
import type { Command } from './command.ts';
import { outputFlag } from './output-flag.ts';

/** `version`: this program's, the server's and KubeVirt's. */
export const version: Command = {
  name: 'version',
  summary: 'Print the version of this program, of the cluster and of KubeVirt',
  argument: null,
  examples: [
    { comment: 'All three versions', words: 'version' },
    { comment: 'Only this program, without asking a cluster', words: 'version --client' },
  ],
  flags: [
    { name: 'client', kind: 'switch', standard: 'false', help: 'Print the version of this program only' },
    outputFlag(['json', 'yaml']),
  ],
  async run(options, io) {
    const client = `v${manifest.version}`;
    if (options.client) {
      io.stdout.write(`Client Version: ${client}\n`);
      return EXIT.ok;
    }
    io.stdout.write(`Client Version: ${client}\n`);
    return EXIT.ok;
  },
};
