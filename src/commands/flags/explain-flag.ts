import type { Output } from '../../model/line.ts';
import type { OperatorReport } from '../../model/report.ts';
import type { Flag } from './flag.ts';
import type { Options } from './parse-options.ts';

export const EXPLAIN_FLAG: Flag = {
  name: 'explain',
  kind: 'switch',
  standard: 'false',
  help: 'Explain each cause below the report, where that is text or wide',
};

/** The output with the explanation of each cause below it, should that have been asked for and the output be for people. */
export async function withExplanations(
  output: Output,
  { causes }: Pick<OperatorReport, 'causes'>,
  { explain }: Options,
): Promise<Output> {
  if (!explain || output.kind === 'document' || causes.length === 0) return output;
  const { CAUSES } = await import('../causes.ts');
  const { explanationLines } = await import('../../report/explain.ts');
  const { paragraphs } = await import('../../report/entry.ts');
  const named = CAUSES.filter(({ code }) => causes.some((one) => one.code === code));
  return { kind: 'lines', lines: paragraphs(output.lines, ...named.map((one) => explanationLines(one, CAUSES))) };
}
