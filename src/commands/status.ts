import type { Output } from '../model/line.ts';
import { isPage, OUTPUT_FORMATS } from '../report/format.ts';
import type { View } from '../report/view.ts';
import { answer } from './answer.ts';
import type { Command } from './command.ts';
import { EXPLAIN_FLAG, withExplanations } from './flags/explain-flag.ts';
import { FAIL_ON_FLAG } from './flags/fail-on.ts';
import { FLEET_CLASHES, FLEET_FLAGS } from './flags/fleet-flags.ts';
import { outputFlag } from './flags/output-flag.ts';
import type { Options } from './flags/parse-options.ts';
import { WATCH_CLASHES, WATCH_STATUS_FLAG } from './flags/watch-flag.ts';
import { readOrReport } from './read-or-report.ts';

/** `status`: the one-screen answer. */
export const status: Command = {
  name: 'status',
  summary: 'Say what is wrong with virt-operator, why, and what mends it',
  argument: null,
  examples: [
    { comment: 'What is wrong in the current context', words: 'status' },
    { comment: 'The same for a script: one JSON document and an exit code', words: 'status -o json' },
    {
      comment: 'The codes of the critical causes',
      words: `status -o jsonpath='{.causes[?(@.severity=="critical")].code}'`,
    },
    { comment: 'Watch it come back', words: 'status --watch' },
    { comment: 'A page for the ticket', words: 'status -o markdown' },
    { comment: 'With the kubectl commands that a person would have typed', words: 'status --show-commands' },
    { comment: 'Three clusters at once, one row for each', words: 'status --contexts prod-eu,prod-us,staging' },
    { comment: 'From a bundle or saved objects, without a cluster', words: 'status --from ./must-gather' },
  ],
  flags: [outputFlag(OUTPUT_FORMATS), ...FLEET_FLAGS, EXPLAIN_FLAG, FAIL_ON_FLAG, WATCH_STATUS_FLAG],
  clashes: [...FLEET_CLASHES, ...WATCH_CLASHES],
  async run(options, io) {
    if (options.fleet !== null) return (await import('./fleet/fleet.ts')).fleetStatus(options.fleet, options, io);
    if (options.watch) return (await import('./watch/watch.ts')).watch(options, io);
    const view = await readOrReport(options, io);
    const output = await render(view, options);
    return answer(view, await withExplanations(output, view.report, options), options, io);
  },
};

async function render(view: View, { output, template }: Options): Promise<Output> {
  const { documents, pages } = await import('../report/renderers.ts');
  return isPage(output) ? pages[output](view) : documents[output](view.report, template);
}
