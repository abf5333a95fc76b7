import manifest from '../../package.json' with { type: 'json' };
import { EXIT } from '../model/errors.ts';
import { line, type Output } from '../model/line.ts';
import type { VersionReport } from '../model/version-report.ts';
import { DOCUMENT_FORMATS } from '../report/format.ts';
import type { Io } from '../terminal/io.ts';
import { print } from '../terminal/print.ts';
import type { Command } from './command.ts';
import { dataDocument } from './data-document.ts';
import { outputFlag } from './flags/output-flag.ts';
import type { Options } from './flags/parse-options.ts';

/** `version`: this program's, and the server's and KubeVirt's unless only the client's is asked for. */
export const version: Command = {
  name: 'version',
  summary: 'Print the version of this program, of the cluster and of KubeVirt',
  argument: null,
  examples: [
    { comment: 'All three versions', words: 'version' },
    { comment: 'Only this program, without asking a cluster', words: 'version --client' },
    { comment: 'The same for a script', words: 'version -o json' },
  ],
  flags: [
    { name: 'client', kind: 'switch', standard: 'false', help: 'Print the version of this program only' },
    outputFlag(DOCUMENT_FORMATS),
  ],
  async run(options, io) {
    const client: VersionReport = {
      apiVersion: 'virtop/v1',
      kind: 'VersionReport',
      clientVersion: `v${manifest.version}`,
    };
    const isPage = options.output === 'text';
    if (isPage || options.client) await show(client, options, io);
    if (options.client) return EXIT.ok;
    const server = await serverVersions(options, io).catch(async (error: unknown) => {
      if (!isPage) await show({ ...client, serverVersion: null, kubevirtVersion: null }, options, io);
      throw error;
    });
    await show(isPage ? server : { ...client, ...server }, options, io);
    return EXIT.ok;
  },
};

type Versions = Partial<Omit<VersionReport, 'apiVersion' | 'kind'>>;

async function serverVersions(options: Options, io: Io): Promise<Versions> {
  const { readView } = await import('./session.ts');
  const { report } = await readView(options, io);
  return { serverVersion: report.cluster.version, kubevirtVersion: report.operator.version };
}

async function show(versions: Versions, options: Options, io: Io): Promise<void> {
  const output = (await dataDocument(versions, options)) ?? lines(versions);
  if (!options.quiet) print(output, io.stdout, io, options.color);
}

const NAMES = { clientVersion: 'Client', serverVersion: 'Server', kubevirtVersion: 'KubeVirt' } as const;

function lines(versions: Versions): Output {
  const keys = ['clientVersion', 'serverVersion', 'kubevirtVersion'] as const;
  const known = keys.filter((key) => versions[key] !== undefined);
  return { kind: 'lines', lines: known.map((key) => line(`${NAMES[key]} Version: ${versions[key] ?? '<unknown>'}`)) };
}
