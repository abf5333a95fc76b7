import { UserError } from '../../model/errors.ts';
import { type Output, wholeLine } from '../../model/line.ts';
import type { OperatorReport } from '../../model/report.ts';
import { verdictText } from '../../report/headline.ts';
import { jsonLine } from '../../report/json.ts';
import { jsonPathDocument } from '../../report/jsonpath/jsonpath.ts';
import { yamlDocument } from '../../report/yaml.ts';
import type { Io } from '../../terminal/io.ts';
import { print } from '../../terminal/print.ts';
import { accessReport } from '../access-report.ts';
import type { Options } from '../flags/parse-options.ts';
import type { Seen } from './watch-status.ts';

/**
 * Prints the first answer, and each that has another verdict or other causes. A template that fails for the first one ends it, as it
 * does kubectl. For a later one, which may lack what earlier ones had, that is said and it goes on; kubectl 1.36 ends there with 0,
 * without a word.
 */
export function openLines(options: Options, io: Io): (seen: Seen) => void {
  let last = '';
  return ({ look, trouble }) => {
    const report = trouble ? accessReport(trouble.error, trouble.since) : look?.report;
    if (!report) return;
    const isFirst = last === '';
    const key = JSON.stringify([report.verdict, report.causes.map(({ code, object }) => [code, object])]);
    if (key === last) return;
    last = key;
    try {
      print(outputOf(report, trouble !== null, options), io.stdout, io, options.color);
    } catch (error) {
      if (isFirst || !(error instanceof UserError)) throw error;
      print({ kind: 'lines', lines: [wholeLine(`error: ${error.message}`)] }, io.stderr, io, 'never');
    }
  };
}

function outputOf(report: OperatorReport, isTrouble: boolean, { output, template }: Options): Output {
  if (output === 'json') return jsonLine(report);
  if (output === 'jsonpath') return jsonPathDocument(report, template);
  if (output === 'yaml') return afterRule(yamlDocument(report));
  return { kind: 'lines', lines: [wholeLine(`${report.readAt} ${textOf(report, isTrouble)}`)] };
}

function textOf(report: OperatorReport, isTrouble: boolean): string {
  const causes = report.causes.map(({ title }) => title);
  if (isTrouble) return `NO ANSWER ${causes.join('; ')}`;
  const { word, sentence } = verdictText(report);
  return [`${word} ${sentence}`, ...causes].join('; ');
}

/** YAML documents that follow each other have a line between them. */
function afterRule(output: Output): Output {
  return output.kind === 'document' ? { ...output, text: `---\n${output.text}` } : output;
}
