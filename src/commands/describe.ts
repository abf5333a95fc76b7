import { EXIT, UserError } from '../model/errors.ts';
import type { Output } from '../model/line.ts';
import { nearest } from '../model/nearest.ts';
import { isPage, OUTPUT_FORMATS, type OutputFormat } from '../report/format.ts';
import type { View } from '../report/view.ts';
import { answer } from './answer.ts';
import type { Command } from './command.ts';
import { EXPLAIN_FLAG, withExplanations } from './flags/explain-flag.ts';
import { FAIL_ON_FLAG } from './flags/fail-on.ts';
import { outputFlag } from './flags/output-flag.ts';
import type { Options } from './flags/parse-options.ts';
import { readOrReport } from './read-or-report.ts';

/** `describe`: everything that was read, in the layout of `kubectl describe`. */
export const describe: Command = {
  name: 'describe',
  summary: 'Show the Deployment, ReplicaSets, pods, events, leases and nodes behind the verdict',
  argument: 'CODE | KIND | KIND/NAME',
  completes: 'subject',
  examples: [
    { comment: 'Everything that was read', words: 'describe' },
    { comment: 'One object only', words: 'describe pod/virt-operator-6c9b5d7f9b-x7k2p' },
    { comment: 'One cause, with its evidence', words: 'describe image-not-found' },
  ],
  flags: [outputFlag(OUTPUT_FORMATS), EXPLAIN_FLAG, FAIL_ON_FLAG],
  async run(options, io) {
    const { output, subject } = options;
    if (subject !== null) await checkSubject(subject, output);
    const view = await readOrReport(options, io, 'all');
    const page = await render(view, options);
    return answer(view, await withExplanations(page, view.report, options), options, io);
  },
};

/** Refuses what is neither a kind that is read nor a code that any report may hold. */
async function checkSubject(subject: string, output: OutputFormat): Promise<void> {
  if (!isPage(output)) {
    const hint = `leave out ${subject}, or pick from the report with -o jsonpath`;
    throw new UserError(`-o ${output} prints the whole report: ${hint}`, EXIT.usage);
  }
  const [{ DESCRIBED, parseSubject }, { CAUSES }] = await Promise.all([
    import('../report/describe/subject.ts'),
    import('./causes.ts'),
  ]);
  const codes = CAUSES.map(({ code }) => code);
  const parsed = parseSubject(subject);
  if ('kind' in parsed || codes.includes(parsed.code)) return;
  const near = nearest(subject, [...DESCRIBED, ...codes]);
  const hint = near ? `did you mean ${near}?` : 'kubectl virtop explain lists all codes';
  throw new UserError(`unknown code or kind "${subject}"; ${hint}`, EXIT.usage);
}

async function render(view: View, { output, template, subject }: Options): Promise<Output> {
  if (isPage(output)) return (await import('../report/describe/describe.ts')).describeView(view, subject);
  return (await import('../report/renderers.ts')).documents[output](view.report, template);
}
