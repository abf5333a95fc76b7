import type { Evidence } from '../model/evidence.ts';
import type { RepairStep } from '../model/repair.ts';
import type { Hands, Wishes } from './hands.ts';

/** Contexts in which a y is typed too easily. */
const PRODUCTION = /(?:^|[^a-z])(?:prod|production|prd|live)(?:[^a-z]|$)/i;

/** Asks whether a repair may be made: null is yes, otherwise why not. The answer that counts is a whole `y` or `yes`, or the context's name; anything else is no. */
export async function consent(
  steps: readonly RepairStep[],
  hands: Pick<Hands, 'ask' | 'cluster'>,
  wishes: Wishes,
  doubt: string | null,
): Promise<string | null> {
  const disowned = await ownerConsent(steps, hands, wishes);
  if (disowned !== null || wishes.yes) return disowned;
  if (!wishes.isTerminal) {
    return 'standard input is no terminal: pass --yes to make the change, or --dry-run=server to see it';
  }
  const name = contextToType(hands.cluster, wishes);
  const agreed = name === null ? await saysYes(hands, questionFor(steps)) : await types(hands, name);
  if (!agreed) return DECLINED;
  if (doubt !== null && !(await saysYes(hands, `${doubt} Are you sure? (y/N): `))) return DECLINED;
  return null;
}

/** A change that something else may undo needs a yes of its own. */
async function ownerConsent(
  steps: readonly RepairStep[],
  hands: Pick<Hands, 'ask'>,
  { overrideOwner, yes, isTerminal }: Wishes,
): Promise<string | null> {
  const owner = steps.find((step) => step.owner !== null)?.owner;
  if (!owner || overrideOwner) return null;
  if (yes) return `${owner}; pass --override-owner to make the change all the same`;
  if (!isTerminal) return null;
  const question = 'The owner above may undo this change. Go on all the same? (y/N): ';
  return (await saysYes(hands, question)) ? null : DECLINED;
}

const DECLINED = 'not confirmed';

/** The context whose name must be typed: the one that was given, or one that looks like production. */
function contextToType({ context }: Evidence['cluster'], { confirmContext }: Pick<Wishes, 'confirmContext'>) {
  if (confirmContext !== null) return confirmContext;
  return context !== null && PRODUCTION.test(context) ? context : null;
}

function questionFor(steps: readonly RepairStep[]): string {
  return steps.length > 1 ? `Make these ${steps.length} changes? (y/N): ` : 'Make this change? (y/N): ';
}

async function saysYes({ ask }: Pick<Hands, 'ask'>, question: string): Promise<boolean> {
  return /^\s*y(?:es)?\s*$/i.test((await ask(question)) ?? '');
}

async function types({ ask }: Pick<Hands, 'ask'>, name: string): Promise<boolean> {
  return (await ask(`Type the context's name, ${name}, to make this change: `))?.trim() === name;
}
