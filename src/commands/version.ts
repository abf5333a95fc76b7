import manifest from '../../package.json' with { type: 'json' };
import { EXIT } from '../model/errors.ts';
import { line, type Output } from '../model/line.ts';
import type { Io } from '../terminal/io.ts';
import { print } from '../terminal/print.ts';
import type { Command } from './command.ts';
import { dataDocument } from './data-document.ts';
import { outputFlag } from './output-flag.ts';
import type { Options } from './parse-options.ts';

/** `version`: this program's, and the server's and KubeVirt's unless only the client's is asked for. */
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
    outputFlag(['text', 'json', 'yaml']),
  ],
  async run(options, io) {
    const client = { clientVersion: `v${manifest.version}` };
    const show = (output: Output) => options.quiet || print(output, io.stdout, io, options.color);
    const isText = (await dataDocument(client, options.output)) === null;
    if (isText) show(lines(client));
    const server = options.client ? {} : await serverVersions(options, io);
    show((await dataDocument({ ...client, ...server }, options.output)) ?? lines(server));
    return EXIT.ok;
  },
};

/** null: could not be told. */
type Versions = Partial<Record<'clientVersion' | 'serverVersion' | 'kubevirtVersion', string | null>>;

const NAMES = { clientVersion: 'Client', serverVersion: 'Server', kubevirtVersion: 'KubeVirt' } as const;

async function serverVersions(options: Options, io: Io): Promise<Versions> {
  const { readView } = await import('./session.ts');
  const { report } = await readView(options, io);
  return { serverVersion: report.cluster.version, kubevirtVersion: report.operator.version };
}

function lines(versions: Versions): Output {
  const keys = ['clientVersion', 'serverVersion', 'kubevirtVersion'] as const;
  const known = keys.filter((key) => versions[key] !== undefined);
  return { kind: 'lines', lines: known.map((key) => line(`${NAMES[key]} Version: ${versions[key] ?? '<unknown>'}`)) };
}
