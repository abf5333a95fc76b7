import type { Flag } from './flag.ts';

/** `-o`, for a command that offers these formats. */
export function outputFlag(formats: readonly string[]): Flag {
  return {
    name: 'output',
    short: 'o',
    kind: 'text',
    standard: '',
    choices: formats,
    help: `Output format. One of: ${formats.join(', ')}`,
  };
}
