import manifest from '../../../package.json' with { type: 'json' };
import { reviewAccess } from '../../kube/access-review.ts';
import { followOperator } from '../../kube/follow/follow-operator.ts';
import { type LastingConnection, lastingConnection } from '../../kube/lasting-connection.ts';
import { type Login, logIn } from '../../kube/open-cluster.ts';
import { gather } from '../../kube/read/gather.ts';
import type { Transport } from '../../kube/wire/transport.ts';
import type { Hands } from '../../mitigation/hands.ts';
import { journalFolder, openJournal } from '../../mitigation/journal-file.ts';
import { EXIT, UserError } from '../../model/errors.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { blank, line } from '../../model/line.ts';
import type { Repair } from '../../model/repair.ts';
import type { OperatorFollower } from '../../objects/operator/progress.ts';
import { planLines } from '../../report/repair/plan.ts';
import { resultLines } from '../../report/repair/result.ts';
import type { Io } from '../../terminal/io.ts';
import { print } from '../../terminal/print.ts';
import { askLine } from '../../terminal/prompt.ts';
import { type Progress, startSpinner } from '../../terminal/spinner.ts';
import type { Options } from '../flags/parse-options.ts';
import { refuseUnknownNamespace } from '../given-namespace.ts';
import { operatorReport } from '../operator-report.ts';

/** A webhook may take 30 seconds to agree to a change (Kubernetes 1.36 admissionregistration/v1 timeoutSeconds). */
const CHANGE_MS = 35_000;

/** Everything a repair needs, on the cluster that the flags name. Each call has a connection of its own: a person may think for minutes in between. */
export async function openHands(options: Options, io: Io): Promise<Hands> {
  if (options.from !== null) {
    throw new UserError('saved objects cannot be repaired; leave out --from to repair the cluster itself', EXIT.usage);
  }
  const again = () => logIn(options.connection, io, `${manifest.name}/v${manifest.version}`);
  let login = await again();
  const { cluster } = login;
  // What follows logs in anew when that is needed.
  let opener: Pick<Login, 'open'> | null = null;
  const connected = async <T>(totalMs: number, use: (transport: Transport) => Promise<T>): Promise<T> => {
    if (opener === null && login.hasExpired()) login = await again();
    const transport = (opener ?? login).open({ totalMs });
    try {
      return await use(transport);
    } finally {
      transport.close();
    }
  };
  const ticks = () => performance.now();
  const spinners = spinnersOf(options, io);
  let isAsked = false;
  const send: Hands['send'] = (request, how) => connected(CHANGE_MS, (one) => one.send(request, how));
  return {
    cluster,
    look: () => connected(options.requestTimeout, ({ ask }) => look(ask, cluster, options, spinners.reading())),
    read: (path) => connected(CHANGE_MS, (one) => readObject(one, path)),
    follow: (where) => {
      const connection = lastingConnection(login, again);
      opener = connection;
      return closing(followOperator(connection, where, ticks), connection);
    },
    mayI: reviewAccess(send),
    send,
    show: (repair) => show(repair, isAsked, cluster, options, io),
    ask: (question) => {
      isAsked = true;
      return askLine(question, io);
    },
    progress: spinners.watching,
    journal: openJournal(journalFolder(io.env)),
    now: () => new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    ticks,
    ifInterrupted: io.ifInterrupted,
  };
}

/** A follower that closes its connection too. */
function closing(follower: OperatorFollower, connection: LastingConnection): OperatorFollower {
  const close = async () => {
    const ended = follower.close();
    connection.close();
    await ended;
  };
  return { ...follower, close };
}

async function look(ask: Transport['ask'], cluster: Hands['cluster'], options: Options, spinner: Progress) {
  try {
    const onProgress = (what: string) => spinner.show(`Reading ${what}`);
    const evidence = await gather(ask, { namespace: options.namespace ?? undefined, cluster, onProgress });
    await refuseUnknownNamespace(evidence, ask);
    return { evidence, report: operatorReport(evidence) };
  } finally {
    spinner.stop();
  }
}

async function readObject({ ask }: Transport, path: string): Promise<KubernetesObject | null> {
  const answer = await ask({ path });
  if (answer.status === 'read') return answer.body as KubernetesObject;
  if (answer.status === 'absent') return null;
  throw new UserError(`cannot read ${path}: ${answer.message}`);
}

/** Before a question, and where nobody is asked, the plan goes to standard error: standard output is for the result. An answer above it stays apart. */
function show(repair: Repair, isAsked: boolean, cluster: Hands['cluster'], options: Options, io: Io): void {
  const { dryRun, yes } = options.repair;
  if (dryRun !== 'none' || (options.quiet && yes)) return;
  const shown = repair.outcome === 'notVerified' ? resultLines(repair, cluster) : planLines(repair, cluster);
  const lines = [...(isAsked ? [blank] : []), ...shown, blank];
  print({ kind: 'lines', lines }, io.stderr, io, options.color);
}

/** One spinner at a time: while virt-operator is watched, reading everything needs none of its own. Without a terminal, one line whenever something else is waited for. */
function spinnersOf(options: Options, io: Io): { reading(): Progress; watching: Hands['progress'] } {
  let watching: Progress | null = null;
  let said = '';
  return {
    reading: () => (watching ? { show: () => undefined, stop: () => undefined } : startSpinner(io, options.quiet)),
    watching: (now) => {
      if (now === null) {
        watching?.stop();
        watching = null;
        return;
      }
      watching ??= startSpinner(io, options.quiet);
      watching.show(`${now.text} (${now.seconds}s)`);
      if (io.stderr.isTTY || options.quiet || now.text === said) return;
      said = now.text;
      print({ kind: 'lines', lines: [line(now.text)] }, io.stderr, io, options.color);
    },
  };
}
