import type { Look } from '../mitigation/hands.ts';
import { AccessError, EXIT, type ExitCode, UserError } from '../model/errors.ts';
import { wholeLine } from '../model/line.ts';
import type { OperatorReport } from '../model/report.ts';
import type { Io } from '../terminal/io.ts';
import { print } from '../terminal/print.ts';
import type { Command } from './command.ts';
import { dataDocument } from './data-document.ts';
import type { Options } from './flags/parse-options.ts';
import { type Goal, WAIT_FLAGS } from './flags/wait-flags.ts';
import { reportNoAnswer } from './no-answer.ts';
import type { Waited } from './wait/wait-for.ts';

/** However little time there is: what is so already must be seen. */
const SHORTEST_LOOK_MS = 3000;

/** `wait`: until virt-operator is ready, leads or is healthy. */
export const wait: Command = {
  name: 'wait',
  summary: 'Wait until virt-operator is healthy, ready, or has a leader',
  argument: null,
  examples: [
    { comment: 'Until it is healthy, for five minutes at most', words: 'wait' },
    { comment: 'Until every pod is Ready, after a roll-out', words: 'wait --for=ready --timeout=10m' },
    { comment: 'In a script: the exit code tells, 124 is too late', words: 'wait --for=leader --timeout=90s -q' },
  ],
  flags: WAIT_FLAGS,
  async run(options, io) {
    if (options.from !== null) {
      throw new UserError('saved objects never change; leave out --from to wait for the cluster itself', EXIT.usage);
    }
    const waited = await waitOn(options, io);
    if (waited.outcome === 'reached') return success(waited, options, io);
    await printReport(waited.report, options, io);
    throw failure(waited, options.goal);
  },
};

async function waitOn(options: Options, io: Io): Promise<Waited> {
  const [{ openWaitHands }, { waitFor }] = await Promise.all([
    import('./wait/wait-hands.ts'),
    import('./wait/wait-for.ts'),
  ]);
  const { output, goal, repair } = options;
  try {
    const hands = await openWaitHands(options, io);
    try {
      const start = hands.ticks();
      const first = await hands.look(Math.max(repair.timeout, SHORTEST_LOOK_MS)).catch((error: unknown) => {
        throw tooLate(error, hands.ticks() - start, options);
      });
      const nothing = nothingToWaitFor(first);
      if (nothing) {
        await printReport(first.report, options, io);
        throw nothing;
      }
      const needsReport = output !== 'text';
      return await waitFor(first, { goal, timeout: repair.timeout, needsReport }, hands, start);
    } finally {
      hands.close();
    }
  } catch (error) {
    const access = error instanceof UserError && error.cause ? error.cause : error;
    if (access instanceof AccessError) await reportNoAnswer(access, options, io);
    throw error;
  }
}

/** What is said where the time was up before there was any answer. */
function tooLate(error: unknown, passed: number, { goal, repair }: Options): unknown {
  if (!(error instanceof AccessError && error.code === 'timeout' && passed >= repair.timeout)) return error;
  const text = `not seen within ${Math.round(passed / 1000)}s that virt-operator ${WORDS[goal]}: ${error.message}`;
  return Object.assign(new UserError(text, EXIT.timeout), { cause: error });
}

function nothingToWaitFor({ evidence, report }: Look): UserError | null {
  if (report.verdict === 'notInstalled') {
    return new UserError(`there is nothing to wait for: ${report.causes[0]?.title ?? 'KubeVirt is not installed'}`);
  }
  if (evidence.namespace !== null || evidence.reads.deployment.status === 'forbidden') return null;
  return new UserError('cannot tell where virt-operator is; give its namespace with -n');
}

async function success(waited: Waited, options: Options, io: Io): Promise<ExitCode> {
  if (await printReport(waited.report, options, io)) return EXIT.ok;
  const { ready, desired, leader } = waited.progress;
  const counts = desired > 0 ? [`${ready}/${desired} ready`] : [];
  // Without the right to the lease nobody knows whether there is none.
  const facts = [...counts, ...(leader === null ? [] : [`leader ${leader}`])].join(', ');
  const text = `virt-operator ${WORDS[options.goal]} after ${waited.seconds}s: ${facts}`;
  if (!options.quiet) print({ kind: 'lines', lines: [wholeLine(text)] }, io.stdout, io, options.color);
  return EXIT.ok;
}

/** Whether a program was to get the report. */
async function printReport(report: OperatorReport, options: Options, io: Io): Promise<boolean> {
  const document = await dataDocument(report, options);
  if (document && !options.quiet) print(document, io.stdout, io, options.color);
  return document !== null;
}

function failure({ outcome, seconds, text, report }: Waited, goal: Goal): UserError {
  const wanted = `virt-operator ${WORDS[goal]}`;
  if (outcome === 'forbidden') {
    const message = `cannot tell whether ${wanted}: may not read ${text}; kubectl virtop can-i shows what is missing`;
    return new UserError(message, EXIT.incomplete);
  }
  const [cause] = report.causes;
  return new UserError(
    `not seen within ${seconds}s that ${wanted}: ${text}${cause ? `; cause: ${cause.title}` : ''}`,
    EXIT.timeout,
  );
}

const WORDS: Readonly<Record<Goal, string>> = { ready: 'is ready', leader: 'has a leader', healthy: 'is healthy' };
