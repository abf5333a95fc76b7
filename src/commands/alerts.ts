import { WIDE_FORMATS } from '../report/format.ts';
import { answer } from './answer.ts';
import type { Command } from './command.ts';
import { dataDocument } from './data-document.ts';
import { FAIL_ON_FLAG } from './flags/fail-on.ts';
import { outputFlag } from './flags/output-flag.ts';

/** `alerts`: what each alert about virt-operator should be doing, and why. */
export const alerts: Command = {
  name: 'alerts',
  summary: 'Show which alerts about virt-operator should fire, which are false, and what their expressions see',
  argument: null,
  examples: [
    { comment: 'Is the alert true?', words: 'alerts' },
    { comment: 'With the expressions that decide, and for how long they must hold', words: 'alerts -o wide' },
    { comment: 'The same for a script: one JSON document and an exit code', words: 'alerts -o json' },
  ],
  flags: [outputFlag(WIDE_FORMATS), FAIL_ON_FLAG],
  async run(options, io) {
    const { readView } = await import('./session.ts');
    const { alertList } = await import('./alert-list.ts');
    const { alertPage } = await import('../report/alert-list.ts');
    const view = await readView(options, io, 'all');
    const list = alertList(view);
    const output = (await dataDocument(list, options)) ?? alertPage(list, options.output === 'wide');
    return answer(view, output, options, io);
  },
};
