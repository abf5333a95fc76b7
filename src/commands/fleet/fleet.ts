import type { Kubeconfig } from '../../kube/config/kubeconfig-file.ts';
import { gate } from '../../kube/read/gate.ts';
import { EXIT, type ExitCode, UserError } from '../../model/errors.ts';
import type { Output } from '../../model/line.ts';
import { type FleetRow, fleetLines, fleetReport } from '../../report/fleet.ts';
import type { Io } from '../../terminal/io.ts';
import { startLive } from '../../terminal/live.ts';
import { print } from '../../terminal/print.ts';
import { printCommands } from '../answer.ts';
import { dataDocument } from '../data-document.ts';
import { exitCode, worstOf } from '../exit-code.ts';
import { withExplanations } from '../flags/explain-flag.ts';
import type { Options } from '../flags/parse-options.ts';
import { askCluster, type ClusterAnswer } from './fleet-cluster.ts';
import { chooseContexts } from './fleet-contexts.ts';

/** So many clusters are worked on at a time; one that keeps its place for so long is waited for without one, so that it delays nobody. */
const PLACES = 8;
const HOLD_MS = 1000;
const FORMATS = ['text', 'wide', 'json', 'yaml', 'jsonpath'];

/** `status` of several clusters: a row for each, and the worst of their exit codes. None hides or delays another. */
export async function fleetStatus(wanted: readonly string[] | 'all', options: Options, io: Io): Promise<ExitCode> {
  if (!FORMATS.includes(options.output)) {
    throw new UserError(`several contexts are printed as ${FORMATS.join(', ')}, not as ${options.output}`, EXIT.usage);
  }
  const { kubeconfig, contexts } = chooseContexts(wanted, options.connection.kubeconfig, io);
  const answers = await askAll(contexts, kubeconfig, options, io);
  if (options.showCommands) for (const { context, log } of answers) printCommands(log, options, io, context);
  if (!options.quiet) print(await outputOf(answers, options), io.stdout, io, options.color);
  return worstOf(
    answers.map(({ state, report }) => (state === 'noAnswer' ? EXIT.noAnswer : exitCode(report, options.failOn))),
  );
}

/** What each context came to, in their order; on a terminal one sees it come. */
async function askAll(
  contexts: readonly string[],
  kubeconfig: Kubeconfig,
  options: Options,
  io: Io,
): Promise<(ClusterAnswer & { context: string })[]> {
  const live = startLive(io, options.quiet, options.color);
  const rows: FleetRow[] = contexts.map((context) => ({ context, state: 'waiting', doing: '' }));
  const put = (index: number, row: FleetRow) => {
    rows[index] = row;
    live.show(() => fleetLines(rows, false));
  };
  const enter = gate(PLACES);
  io.ifInterrupted('stopped before every context had answered');
  try {
    return await Promise.all(
      contexts.map(async (context, index) => {
        const wait = (doing: string) => put(index, { context, state: 'waiting', doing });
        const onProgress = (what: string) => wait(`Reading ${what}`);
        const leave = holdFor(HOLD_MS, await enter());
        wait('Logging in');
        const answer = { context, ...(await askCluster(context, { options, kubeconfig, host: io, onProgress })) };
        leave();
        put(index, answer);
        return answer;
      }),
    );
  } finally {
    live.stop();
    io.ifInterrupted('');
  }
}

/** Leaves a place once: when told to, or after so long. */
function holdFor(milliseconds: number, leave: () => void): () => void {
  let isHeld = true;
  const leaveOnce = () => {
    if (isHeld) leave();
    isHeld = false;
    clearTimeout(timer);
  };
  const timer = setTimeout(leaveOnce, milliseconds);
  return leaveOnce;
}

async function outputOf(answers: readonly (ClusterAnswer & { context: string })[], options: Options): Promise<Output> {
  const reports = answers.map(({ report }) => report);
  const document = await dataDocument(fleetReport(reports, new Date().toISOString()), options);
  if (document) return document;
  const output: Output = { kind: 'lines', lines: fleetLines(answers, options.output === 'wide') };
  return withExplanations(output, { causes: reports.flatMap(({ causes }) => causes) }, options);
}
