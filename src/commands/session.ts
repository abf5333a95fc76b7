import manifest from '../../package.json' with { type: 'json' };
import type { Depth, Evidence } from '../model/evidence.ts';
import type { Ask } from '../model/request.ts';
import type { View } from '../report/view.ts';
import type { Io } from '../terminal/io.ts';
import { startSpinner } from '../terminal/spinner.ts';
import type { Options } from './flags/parse-options.ts';
import { refuseUnknownNamespace } from './given-namespace.ts';

/** Somebody to ask: a cluster, or an archive in its place. */
export interface Source extends Pick<Evidence, 'cluster' | 'otherContexts'> {
  ask: Ask;
  close(): void;
}

/** Reads what the depth asks for, from the cluster that the flags name or from an archive, and concludes. Throws a UserError when there is no answer at all. */
export async function readView(options: Options, io: Io, depth: Depth = 'verdict'): Promise<View> {
  const source = await openSource(options, io);
  try {
    const evidence = await readEvidence(source, depth, options, io);
    const { operatorReport } = await import('./operator-report.ts');
    return { evidence, report: operatorReport(evidence) };
  } finally {
    source.close();
  }
}

/** The cluster that the flags name, or an archive in its place. Close it when done. */
export function openSource(options: Options, io: Io): Promise<Source> {
  return options.from === null ? openCluster(options, io) : openSaved(options.from);
}

/** Reads what a diagnosis is made from, and what the depth asks for beyond that. */
export async function readEvidence(source: Source, depth: Depth, options: Options, io: Io): Promise<Evidence> {
  const { ask, cluster, otherContexts } = source;
  const { gather } = await import('../kube/read/gather.ts');
  const spinner = startSpinner(io, options.quiet || options.connection.verbosity > 0);
  try {
    const namespace = options.namespace ?? undefined;
    const onProgress = (what: string) => spinner.show(`Reading ${what}`);
    const evidence = await gather(ask, { namespace, cluster, depth, onProgress });
    await refuseUnknownNamespace(evidence, ask);
    return otherContexts ? { ...evidence, otherContexts } : evidence;
  } finally {
    spinner.stop();
  }
}

async function openSaved(path: string): Promise<Source> {
  const { openArchive } = await import('../archive/store.ts');
  const { ask } = openArchive(path);
  return { ask, cluster: { context: null, server: null, user: null }, close: () => undefined };
}

async function openCluster({ connection, requestTimeout }: Options, io: Io): Promise<Source> {
  const cluster = await import('../kube/open-cluster.ts');
  const userAgent = `${manifest.name}/v${manifest.version}`;
  return cluster.openCluster(connection, io, { totalMs: requestTimeout }, userAgent);
}
