import { UserError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Ask } from '../model/request.ts';
import type { View } from '../report/view.ts';
import type { Io } from '../terminal/io.ts';
import { startSpinner } from '../terminal/spinner.ts';
import type { Options } from './parse-options.ts';

/** Somebody to ask: a cluster, or an archive in its place. */
interface Source {
  ask: Ask;
  cluster: Evidence['cluster'];
  close(): void;
}

/** Reads everything, from the cluster that the flags name or from an archive. Throws a UserError when there is no answer at all. */
export async function readEvidence(options: Options, io: Io): Promise<Evidence> {
  const spinner = await startSpinner(io, options.quiet);
  try {
    const source = await (options.from === null ? openCluster(options) : openSaved(options.from));
    const { gather } = await import('../kube/gather.ts');
    try {
      return await gather(source.ask, {
        namespace: options.namespace ?? undefined,
        cluster: source.cluster,
        onProgress: (what) => spinner.show(`Reading ${what}`),
      });
    } finally {
      source.close();
    }
  } finally {
    spinner.stop();
  }
}

async function openSaved(path: string): Promise<Source> {
  const { openArchive } = await import('../archive/store.ts');
  const { ask } = openArchive(path);
  return { ask, cluster: { context: null, server: null, user: null }, close: () => undefined };
}

async function openCluster(_options: Options): Promise<Source> {
  throw new UserError('cannot talk to a cluster yet; give saved objects with --from');
}

/** Reads everything, then concludes. */
export async function readView(options: Options, io: Io): Promise<View> {
  const evidence = await readEvidence(options, io);
  const { operatorReport } = await import('./operator-report.ts');
  return { evidence, report: operatorReport(evidence) };
}
