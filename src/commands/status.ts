import { AccessError } from '../model/errors.ts';
import { OUTPUT_FORMATS } from '../report/format.ts';
import type { View } from '../report/view.ts';
import type { Io } from '../terminal/io.ts';
import { answer } from './answer.ts';
import type { Command } from './command.ts';
import { EXPLAIN_FLAG, withExplanations } from './explain-flag.ts';
import { FAIL_ON_FLAG } from './fail-on.ts';
import { FLEET_CLASHES, FLEET_FLAGS } from './fleet-flags.ts';
import { reportNoAnswer } from './no-answer.ts';
import { outputFlag } from './output-flag.ts';
import type { Options } from './parse-options.ts';

/** `status`: the one-screen answer. */
export const status: Command = {
  name: 'status',
  summary: 'Say what is wrong with virt-operator, why, and what mends it',
  argument: null,
  examples: [
    { comment: 'What is wrong in the current context', words: 'status' },
    { comment: 'The same for a script: one JSON document and an exit code', words: 'status -o json' },
    { comment: 'With the kubectl commands that a person would have typed', words: 'status --show-commands' },
    { comment: 'Three clusters at once, one row for each', words: 'status --contexts prod-eu,prod-us,staging' },
    { comment: 'From a bundle or saved objects, without a cluster', words: 'status --from ./must-gather' },
  ],
  flags: [outputFlag(OUTPUT_FORMATS), ...FLEET_FLAGS, EXPLAIN_FLAG, FAIL_ON_FLAG],
  clashes: FLEET_CLASHES,
  async run(options, io) {
    if (options.fleet !== null) return (await import('./fleet.ts')).fleetStatus(options.fleet, options, io);
    const { renderers } = await import('../report/renderers.ts');
    const view = await readOrReport(options, io);
    const output = await withExplanations(renderers[options.output](view), view.report, options);
    return answer(view, output, options, io);
  },
};

/** What was read; or, before the error goes its way, a document that says that there was no answer. */
async function readOrReport(options: Options, io: Io): Promise<View> {
  const { readView } = await import('./session.ts');
  try {
    return await readView(options, io);
  } catch (error) {
    if (error instanceof AccessError) await reportNoAnswer(error, options, io);
    throw error;
  }
}
