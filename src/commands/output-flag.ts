import { EXIT, UserError } from '../model/errors.ts';
import { OUTPUT_FORMATS, type OutputFormat } from '../report/format.ts';
import type { Flag } from './flag.ts';
import type { Options } from './parse-options.ts';

/** `-o`, for a command that offers these formats. */
export function outputFlag(formats: readonly OutputFormat[]): Flag {
  const choices = formats.map(choiceOf);
  return {
    name: 'output',
    short: 'o',
    kind: 'text',
    standard: '',
    help: `Output format. One of: ${choices.join(', ').replace('=', '=TEMPLATE')}`,
    choices,
  };
}

/** What is typed for a format; what ends in `=` goes on. */
function choiceOf(format: OutputFormat): string {
  return format === 'jsonpath' ? 'jsonpath=' : format;
}

type Format = Pick<Options, 'output' | 'template'>;

/** The format that was asked for, with the template of `jsonpath=`. `flags` are the command's. Refuses in kubectl's sentences (cli-runtime v0.36 pkg/genericclioptions). */
export function outputFormat(text: string, flags: readonly Flag[]): Format {
  const [, word = '', template = ''] = /^([^=]*=?)(.*)$/s.exec(text) ?? [];
  const choices = flags.find(({ name }) => name === 'output')?.choices ?? OUTPUT_FORMATS.map(choiceOf);
  const choice = choices.find((one) => one === word.toLowerCase());
  const output = OUTPUT_FORMATS.find((one) => choiceOf(one) === choice);
  if (!output) {
    const allowed = choices.toSorted().join(',');
    const message = `unable to match a printer suitable for the output format "${text}", allowed formats are: ${allowed}`;
    throw new UserError(message, EXIT.usage);
  }
  if (output === 'jsonpath' && template === '') {
    throw new UserError('template format specified but no template given: use -o jsonpath=TEMPLATE', EXIT.usage);
  }
  return { output, template };
}

/** Refuses a template that cannot be read before anything is asked of a cluster. */
export async function checkTemplate({ output, template }: Format): Promise<void> {
  if (output === 'jsonpath') (await import('../report/jsonpath/jsonpath.ts')).readTemplate(template);
}
