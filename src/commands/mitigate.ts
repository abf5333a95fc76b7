import type { Look } from '../mitigation/hands.ts';
import { EXIT, type ExitCode, UserError } from '../model/errors.ts';
import type { Io } from '../terminal/io.ts';
import type { Command } from './command.ts';
import { exitCode } from './exit-code.ts';
import { FAIL_ON_FLAG } from './flags/fail-on.ts';
import type { Options } from './flags/parse-options.ts';
import { LIST_FLAG, REPAIR_CLASHES, REPAIR_FLAGS, REPAIR_OUTPUT, WATCH_FLAG } from './flags/repair-flags.ts';

/** `mitigate`: repairs the cause, step by step, after asking. */
export const mitigate: Command = {
  name: 'mitigate',
  aliases: ['fix'],
  summary: 'Repair the cause: show the change, ask, make it, watch until virt-operator leads again',
  argument: 'ACTION',
  completes: 'action',
  examples: [
    { comment: 'Repair what is wrong, after showing and asking', words: 'mitigate' },
    { comment: 'See the change, checked by the server, without making it', words: 'mitigate --dry-run=server' },
    { comment: 'One action by its name, without a question, for a script', words: 'mitigate scale-up --yes -o json' },
    { comment: 'Everything it can do, with risk and rights', words: 'mitigate --list' },
  ],
  flags: [...REPAIR_FLAGS, WATCH_FLAG, LIST_FLAG, REPAIR_OUTPUT, FAIL_ON_FLAG],
  clashes: REPAIR_CLASHES,
  exits: [
    ['0', 'virt-operator works again, or did already; or the dry run was shown'],
    ['1', 'no answer, or no place for the journal: nothing was changed'],
    ['3, 4, 5', 'there is no cause to repair: as for status'],
    [
      '8',
      'nothing was changed: a no, nobody to ask, an owner, a missing right, a refusal of the server, or a cause that is left to a person',
    ],
    ['11', 'changed, or perhaps changed, and virt-operator was not seen to work again in time: see undo'],
    ['130', 'Ctrl-C: it says what was changed, if anything'],
  ],
  async run(options, io) {
    if (options.repair.list) return listActions(options, io);
    const { isActionName } = await import('../mitigation/plan.ts');
    const action = options.subject;
    if (action !== null && !isActionName(action)) throw await unknownAction(action);
    const { openHands } = await import('./repair/repair-hands.ts');
    const hands = await openHands(options, io);
    const [{ mitigate: run }, { manualSteps }, { answerRepairs }, { canAsk }] = await Promise.all([
      import('../mitigation/mitigate.ts'),
      import('./repair/manual-steps.ts'),
      import('./repair/repair-answer.ts'),
      import('../terminal/prompt.ts'),
    ]);
    hands.ifInterrupted('Nothing was changed.');
    const wishes = { ...options.repair, isTerminal: canAsk(io) };
    const { repairs, look } = await run({ action, manualSteps }, hands, wishes);
    hands.ifInterrupted('');
    if (repairs.length === 0) return nothingToRepair(look, options, io);
    return answerRepairs(repairs, hands, options, io);
  },
};

/** No cause was found: then the report says what there is to say. */
async function nothingToRepair({ evidence, report }: Look, options: Options, io: Io): Promise<ExitCode> {
  const { answerRepairs } = await import('./repair/repair-answer.ts');
  const { NOTHING_YET } = await import('../mitigation/nothing-yet.ts');
  const isWell = report.verdict === 'healthy';
  const reason = isWell ? 'virt-operator works' : `no cause was found (${report.verdict}): see kubectl virtop describe`;
  const outcome = { ...NOTHING_YET, outcome: isWell ? 'notNeeded' : 'refused', reason } as const;
  const hands = { cluster: evidence.cluster, now: () => report.readAt };
  const code = await answerRepairs([outcome], hands, options, io);
  return isWell ? code : exitCode(report, options.failOn);
}

async function unknownAction(word: string): Promise<UserError> {
  const [{ ACTION_NAMES }, { nearest }] = await Promise.all([
    import('../model/action.ts'),
    import('../model/nearest.ts'),
  ]);
  const near = nearest(word, ACTION_NAMES);
  return new UserError(
    `unknown action "${word}"${near ? `; did you mean ${near}?` : '; kubectl virtop mitigate --list shows them all'}`,
    EXIT.usage,
  );
}

async function listActions(options: Options, io: Io): Promise<ExitCode> {
  const { actionList } = await import('./repair/action-list.ts');
  return actionList(options, io);
}
