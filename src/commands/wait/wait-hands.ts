import manifest from '../../../package.json' with { type: 'json' };
import { followOperator } from '../../kube/follow/follow-operator.ts';
import { lastingConnection } from '../../kube/lasting-connection.ts';
import { logIn } from '../../kube/open-cluster.ts';
import { gather } from '../../kube/read/gather.ts';
import type { Io } from '../../terminal/io.ts';
import { startSpinner } from '../../terminal/spinner.ts';
import type { Options } from '../flags/parse-options.ts';
import { refuseUnknownNamespace } from '../given-namespace.ts';
import { operatorReport } from '../operator-report.ts';
import type { WaitHands } from './wait-for.ts';

/** What waiting needs, on the cluster that the flags name. Close it when done. */
export async function openWaitHands(options: Options, io: Io): Promise<WaitHands & { close(): void }> {
  const again = () => logIn(options.connection, io, `${manifest.name}/v${manifest.version}`);
  const login = await again();
  const { cluster } = login;
  const connection = lastingConnection(login, again);
  const spinner = startSpinner(io, options.quiet || options.connection.verbosity > 0);
  const ticks = () => performance.now();
  let isFirst = true;

  async function look(withinMs: number) {
    const { requestTimeout } = options;
    const totalMs = requestTimeout === 0 ? withinMs : Math.min(withinMs, requestTimeout);
    const transport = connection.open({ totalMs });
    const onProgress = (what: string) => isFirst && spinner.show(`Reading ${what}`);
    try {
      const evidence = await gather(transport.ask, { namespace: options.namespace ?? undefined, cluster, onProgress });
      if (isFirst) await refuseUnknownNamespace(evidence, transport.ask);
      return { evidence, report: operatorReport(evidence) };
    } finally {
      isFirst = false;
      transport.close();
    }
  }

  return {
    look,
    follow: (where) => followOperator(connection, where, ticks),
    progress: spinner.show,
    ticks,
    close: () => {
      spinner.stop();
      connection.close();
    },
  };
}
