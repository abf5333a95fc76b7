import { once } from 'node:events';
import manifest from '../../../package.json' with { type: 'json' };
import { knownValue } from '../../diagnosis/evaluate.ts';
import { followOperator } from '../../kube/follow/follow-operator.ts';
import { LASTING_PATIENCE, lastingConnection } from '../../kube/lasting-connection.ts';
import { logIn } from '../../kube/open-cluster.ts';
import { EXIT, type ExitCode } from '../../model/errors.ts';
import { type Line, line, wholeLine } from '../../model/line.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { shell } from '../../objects/meta/shell.ts';
import { logLine } from '../../report/logs.ts';
import type { Io } from '../../terminal/io.ts';
import { print } from '../../terminal/print.ts';
import type { Options } from '../flags/parse-options.ts';
import { readEvidence } from '../session.ts';
import { followPods } from './follow-pods.ts';
import { leaderOf, podName, podNames } from './pod-logs.ts';

/** `logs --follow`: until Ctrl-C, until nobody reads it any more, or until no log may be read. */
export async function followLogs(options: Options, io: Io): Promise<ExitCode> {
  const again = () => logIn(options.connection, io, `${manifest.name}/v${manifest.version}`);
  const login = await again();
  const connection = lastingConnection(login, again);
  const ended = new AbortController();
  const end = () => ended.abort();
  io.stdout.on('error', end).on('close', end);
  try {
    const first = connection.open({ totalMs: options.requestTimeout });
    const source = { ...login, ask: first.ask, close: first.close };
    const evidence = await readEvidence(source, 'verdict', options, io).finally(first.close);
    const namespace = evidence.namespace ?? '';
    const pods = podNames(evidence, options);
    if (options.showCommands) showCommands(pods, namespace, options, io);
    const deployment = knownValue(evidence, 'deployment');
    const where = { namespace, name: deployment ? nameOf(deployment) : 'virt-operator' };
    const follower = followOperator(connection, where, () => performance.now());
    const { container, tail, since } = options;
    const sinceSeconds = since === null ? null : Math.ceil(since / 1000);
    const isRefused = await followPods(
      { namespace, container, pods, joins: podName(options.subject) === null, leader: leaderOf(evidence) },
      { tail, sinceSeconds, now: evidence.readAt },
      {
        follower,
        open: () => connection.open(LASTING_PATIENCE),
        line: (pod, leads, text) => write(logLine(pod, leads, text), options, io, ended.signal),
        say: (text) => print({ kind: 'lines', lines: [wholeLine(text)] }, io.stderr, io, options.color),
        signal: ended.signal,
      },
    ).finally(follower.close);
    return isRefused ? EXIT.incomplete : EXIT.ok;
  } finally {
    io.stdout.off('error', end).off('close', end);
    connection.close();
  }
}

/** A reader who is slower than the log makes it wait. */
async function write(text: Line, options: Options, io: Io, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  print({ kind: 'lines', lines: [text] }, io.stdout, io, options.color);
  if (!io.stdout.writableNeedDrain) return;
  // The end ends waiting, too.
  await once(io.stdout, 'drain', { signal }).catch(() => undefined);
}

function showCommands(pods: readonly string[], namespace: string, options: Options, io: Io): void {
  const { container, tail, since } = options;
  const bounds = `--tail=${tail ?? -1}${since === null ? '' : ` --since=${Math.ceil(since / 1000)}s`}`;
  const commands = pods.map((pod) =>
    wholeLine(`${shell`kubectl logs ${pod} -n ${namespace} -c ${container}`} -f ${bounds}`),
  );
  print({ kind: 'lines', lines: [line('# The same with kubectl:'), ...commands] }, io.stderr, io, options.color);
}
