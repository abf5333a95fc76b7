import { EXIT, UserError } from '../model/errors.ts';
import { OUTPUT_FORMATS, type OutputFormat } from '../report/format.ts';
import { print } from '../terminal/print.ts';
import type { Command } from './command.ts';
import { outputFlag } from './output-flag.ts';

/** 'text' is what nobody asked for. */
const ROLE_FORMATS: readonly OutputFormat[] = ['text', 'yaml', 'json'];

/** `can-i`: every read and write that the program may make, and whether this user may. */
export const canI: Command = {
  name: 'can-i',
  summary: 'Show every right that the other commands may use, and which of them this user lacks',
  argument: null,
  examples: [
    { comment: 'Is a verdict possible with my rights?', words: 'can-i' },
    { comment: 'What to apply so that everything can be read', words: 'can-i --role' },
    { comment: 'The same for someone else, repairs included', words: 'can-i --role --writes --as jane' },
  ],
  flags: [
    {
      name: 'role',
      kind: 'switch',
      standard: 'false',
      help: 'Print RBAC objects, ready for kubectl apply, that allow the reads which are missing',
    },
    { name: 'writes', kind: 'switch', standard: 'false', help: 'With --role: allow what repairs need too' },
    outputFlag(OUTPUT_FORMATS),
  ],
  clashes: [{ flag: 'writes', needs: 'role' }],
  async run(options, io) {
    if (options.from !== null) {
      throw new UserError('saved objects know no rights; leave out --from to ask the cluster itself', EXIT.usage);
    }
    if (options.role && !ROLE_FORMATS.includes(options.output)) {
      throw new UserError(`--role prints YAML, or JSON with -o json, and not ${options.output}`, EXIT.usage);
    }
    const { readCanIList } = await import('./can-i-list.ts');
    const { canIRenderers } = await import('../report/can-i/list.ts');
    const { roleDocument } = await import('../report/can-i/role.ts');
    const list = await readCanIList(options, io);
    const output = options.role
      ? roleDocument(list, { writes: options.writes, json: options.output === 'json' })
      : canIRenderers[options.output](list);
    if (!options.quiet) print(output, io.stdout, io, options.color);
    return list.verdictAllowed ? EXIT.ok : EXIT.incomplete;
  },
};
