import type { Cause } from '../model/cause.ts';
import { EXIT, UserError } from '../model/errors.ts';
import type { ExplanationDocument } from '../model/explanation.ts';
import type { Output } from '../model/line.ts';
import { allNear } from '../model/nearest.ts';
import { DOCUMENT_FORMATS } from '../report/format.ts';
import { print } from '../terminal/print.ts';
import type { Command } from './command.ts';
import { dataDocument } from './data-document.ts';
import { outputFlag } from './flags/output-flag.ts';
import type { Options } from './flags/parse-options.ts';

/** `explain`: what a cause means, how it is recognised and what mends it, from the rules alone. */
export const explain: Command = {
  name: 'explain',
  summary: 'Explain a cause, or list all of them, without asking a cluster',
  argument: 'CODE',
  completes: 'code',
  examples: [
    { comment: 'All causes, in the order in which they are looked for', words: 'explain' },
    { comment: 'One cause: what it means, how it is recognised, what mends it', words: 'explain image-not-found' },
    { comment: 'The same for a script', words: 'explain image-not-found -o json' },
  ],
  flags: [outputFlag(DOCUMENT_FORMATS)],
  async run(options, io) {
    const { CAUSES } = await import('./causes.ts');
    const output = await outputOf(options, CAUSES);
    if (!options.quiet) print(output, io.stdout, io, options.color);
    return EXIT.ok;
  },
};

async function outputOf(options: Options, causes: readonly Cause[]): Promise<Output> {
  const { subject } = options;
  const cause = subject === null ? null : named(subject, causes);
  const { explanation, explanationList } = await import('../report/explanation.ts');
  const data: ExplanationDocument = cause ? explanation(cause, causes) : explanationList(causes);
  const document = await dataDocument(data, options);
  if (document) return document;
  const { causeList, explanationLines } = await import('../report/explain.ts');
  return { kind: 'lines', lines: cause ? explanationLines(cause, causes) : causeList(causes) };
}

/** So many codes are suggested. */
const MOST = 4;

function named(code: string, causes: readonly Cause[]): Cause {
  const asked = code.toLowerCase();
  const found = causes.find((one) => one.code === asked);
  if (found) return found;
  const codes = causes.map((one) => one.code);
  const near = [...new Set([...codes.filter((one) => one.includes(asked)), ...allNear(asked, codes)])].slice(0, MOST);
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : 'kubectl virtop explain lists them all';
  throw new UserError(`unknown code "${code}"; ${hint}`, EXIT.usage);
}
