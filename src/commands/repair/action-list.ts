import { ACTIONS } from '../../mitigation/actions/index.ts';
import { ACTION_NAMES } from '../../model/action.ts';
import { EXIT, type ExitCode } from '../../model/errors.ts';
import { blank, line, type Output, span } from '../../model/line.ts';
import type { ActionList, RepairDocument } from '../../model/repair.ts';
import { entry } from '../../report/entry.ts';
import type { Io } from '../../terminal/io.ts';
import { print } from '../../terminal/print.ts';
import { dataDocument } from '../data-document.ts';
import type { Options } from '../flags/parse-options.ts';

/** `mitigate --list`: every action with its risk, the rights it needs, and whether it can be taken back. */
export async function actionList(options: Options, io: Io): Promise<ExitCode> {
  if (!options.quiet) print(await output(options), io.stdout, io, options.color);
  return EXIT.ok;
}

async function output(options: Options): Promise<Output> {
  const actions: ActionList['actions'] = ACTION_NAMES.map((name) => {
    const { summary, risk, rights, reversible, lastResort } = ACTIONS[name];
    return { name, summary, risk, rights: [...rights], reversible: reversible === true, lastResort };
  });
  const list: RepairDocument = { apiVersion: 'virtop/v1', kind: 'ActionList', actions };
  const document = await dataDocument(list, options);
  if (document) return document;
  const lines = ACTION_NAMES.flatMap((name, index) => {
    const { summary, risk, rights, reversible, lastResort } = ACTIONS[name];
    const asked = lastResort ? '; only when it is named, and asked for twice' : '';
    return [
      ...(index > 0 ? [blank] : []),
      line([span(name, 'strong')]),
      line(`  ${summary}`, 2),
      entry('  RISK', `${risk}${asked}`, 'faint'),
      entry('  RIGHTS', rights.join(', '), 'faint'),
      entry('  UNDO', reversible === true ? 'possible' : `not possible: ${reversible}`, 'faint'),
    ];
  });
  return { kind: 'lines', lines };
}
