import { EXIT, UserError } from '../../model/errors.ts';
import { OUTPUT_FORMATS, type OutputFormat } from '../../report/format.ts';
import type { Flag } from './flag.ts';

/** `-o`, for a command that offers these formats. */
export function outputFlag(formats: readonly OutputFormat[]): Flag {
  const choices = formats.map(typed);
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
function typed(format: OutputFormat): string {
  return format === 'jsonpath' ? 'jsonpath=' : format;
}

export interface Format {
  output: OutputFormat;
  /** What follows `jsonpath=`. */
  template: string;
}

/** The format that was asked for, with the template of `jsonpath=`; which formats a command has was checked before. */
export function outputFormat(text: string): Format {
  const [, word = '', template = ''] = /^([^=]*=?)(.*)$/s.exec(text) ?? [];
  const output = OUTPUT_FORMATS.find((one) => typed(one) === word.toLowerCase()) ?? 'text';
  if (output === 'jsonpath' && template === '') {
    throw new UserError('template format specified but no template given: use -o jsonpath=TEMPLATE', EXIT.usage);
  }
  return { output, template };
}

/** Refuses a template that cannot be read before anything is asked of a cluster. */
export async function checkTemplate({ output, template }: Format): Promise<void> {
  if (output === 'jsonpath') (await import('../../report/jsonpath/jsonpath.ts')).readTemplate(template);
}
