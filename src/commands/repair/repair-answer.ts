import type { Hands } from '../../mitigation/hands.ts';
import { EXIT, type ExitCode } from '../../model/errors.ts';
import { blank, type Output } from '../../model/line.ts';
import type { Outcome, Repair, RepairReport } from '../../model/repair.ts';
import { passedLines, resultLines } from '../../report/repair/result.ts';
import type { Io } from '../../terminal/io.ts';
import { print } from '../../terminal/print.ts';
import { dataDocument } from '../data-document.ts';
import type { Options } from '../flags/parse-options.ts';

const CODES: Readonly<Record<Outcome, ExitCode>> = {
  planned: EXIT.ok,
  dryRun: EXIT.ok,
  notNeeded: EXIT.ok,
  verified: EXIT.ok,
  undone: EXIT.ok,
  manual: EXIT.notConfirmed,
  notConfirmed: EXIT.notConfirmed,
  refused: EXIT.notConfirmed,
  notVerified: EXIT.notVerified,
};

/** As the last repair ended; but where one before it changed something, that nothing was changed is not the whole truth. */
function codeOf(repairs: readonly Repair[]): ExitCode {
  const code = CODES[repairs.at(-1)?.outcome ?? 'notNeeded'];
  const isChanged = repairs.some(({ outcome }) => outcome === 'notVerified');
  return code === EXIT.notConfirmed && isChanged ? EXIT.notVerified : code;
}

/** Prints what became of the repairs, and says what to exit with. */
export async function answerRepairs(
  repairs: readonly Repair[],
  { cluster, now }: Pick<Hands, 'cluster' | 'now'>,
  options: Options,
  io: Io,
): Promise<ExitCode> {
  const report: RepairReport = {
    apiVersion: 'virtop/v1',
    kind: 'RepairReport',
    readAt: now(),
    cluster,
    repairs: [...repairs],
  };
  if (!options.quiet) print(await output(report, options), io.stdout, io, options.color);
  return codeOf(repairs);
}

async function output(report: RepairReport, options: Options): Promise<Output> {
  const document = await dataDocument(report, options);
  if (document) return document;
  const { repairs, cluster } = report;
  const last = repairs.at(-1);
  const isChain = repairs.some(({ outcome }) => outcome === 'notVerified');
  const linesOf = (one: Repair) => (isChain && one !== last ? passedLines(one) : resultLines(one, cluster));
  const lines = repairs.flatMap((one, index) => [...(index > 0 ? [blank] : []), ...linesOf(one)]);
  return { kind: 'lines', lines };
}
