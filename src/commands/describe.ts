import { answer } from './answer.ts';
import type { Command } from './command.ts';
import { EXPLAIN_FLAG, withExplanations } from './explain-flag.ts';
import { FAIL_ON_FLAG } from './fail-on.ts';

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
  flags: [EXPLAIN_FLAG, FAIL_ON_FLAG],
  async run(options, io) {
    const { readView } = await import('./session.ts');
    const { describeView } = await import('../report/describe/describe.ts');
    const view = await readView(options, io, 'all');
    const page = describeView(view, options.subject);
    return answer(view, await withExplanations(page, view.report, options), options, io);
  },
};
