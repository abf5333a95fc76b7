import type { CanIList } from '../model/can-i.ts';
import { EXIT, UserError } from '../model/errors.ts';
import type { Output } from '../model/line.ts';
import { isPage, WIDE_FORMATS } from '../report/format.ts';
import { print } from '../terminal/print.ts';
import type { Command } from './command.ts';
import { dataDocument } from './data-document.ts';
import { outputFlag } from './flags/output-flag.ts';
import type { Options } from './flags/parse-options.ts';

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
    outputFlag(WIDE_FORMATS),
  ],
  clashes: [{ flag: 'writes', needs: 'role' }],
  async run(options, io) {
    if (options.from !== null) {
      throw new UserError('saved objects know no rights; leave out --from to ask the cluster itself', EXIT.usage);
    }
    if (options.role && options.output === 'wide') {
      throw new UserError('--role prints YAML, or JSON with -o json, and not wide', EXIT.usage);
    }
    const { readCanIList } = await import('./can-i-list.ts');
    const { canIPage } = await import('../report/can-i/list.ts');
    const list = await readCanIList(options, io);
    const output = options.role
      ? await roleOutput(list, options)
      : ((await dataDocument(list, options)) ?? canIPage(list, options.output === 'wide'));
    if (!options.quiet) print(output, io.stdout, io, options.color);
    return list.verdictAllowed ? EXIT.ok : EXIT.incomplete;
  },
};

/** RBAC objects: a List for programs, and for people YAML that says what it is. */
async function roleOutput(list: CanIList, options: Options): Promise<Output> {
  const { roleDocument, roleList } = await import('../report/can-i/role.ts');
  const isYaml = isPage(options.output) || options.output === 'yaml';
  const data = isYaml ? null : await dataDocument(roleList(list, options.writes), options);
  return data ?? roleDocument(list, options.writes);
}
