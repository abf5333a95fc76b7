import type { Cause } from '../model/cause.ts';
import { type Line, line, span } from '../model/line.ts';
import { RUNGS, type Rung } from '../model/rung.ts';
import { heading } from './describe/field.ts';
import { commandEntry, entry, paragraphs } from './entry.ts';
import { byRung, explanation } from './explanation.ts';

/** One of all causes for a person: what it means, how it is recognised, what mends it. */
export function explanationLines(cause: Cause, causes: readonly Cause[]): Line[] {
  const { commands, related } = explanation(cause, causes);
  return paragraphs(
    [entry('CODE', [span(cause.code, 'strong'), span(` (${cause.severity}, rung ${cause.rung})`)])],
    [entry('MEANING', cause.meaning)],
    [entry('IMPACT', cause.impact)],
    [entry('EVIDENCE', cause.evidence)],
    [entry('REMEDY', cause.remedy)],
    commandLines('SHOW', commands.show),
    commandLines('MEND', commands.mend),
    related.length > 0 ? [entry('RELATED', related.join(', '))] : [],
  );
}

function commandLines(label: string, commands: readonly string[]): Line[] {
  return commands.map((command, index) => commandEntry(index === 0 ? label : '', command));
}

/** Every cause in one line, by rung, as `kubectl --help` lists commands. */
export function causeList(causes: readonly Cause[]): Line[] {
  return paragraphs(
    ...RUNGS.map((rung) =>
      group(
        rung,
        byRung(causes).filter((one) => one.rung === rung),
      ),
    ),
    [line('Use "kubectl virtop explain CODE" for how one is recognised and mended.')],
  );
}

function group(rung: Rung, members: readonly Cause[]): Line[] {
  if (members.length === 0) return [];
  const room = Math.max(...members.map(({ code }) => code.length)) + 3;
  const row = ({ code, meaning }: Cause) => line(`  ${code.padEnd(room)}${inBrief(meaning)}`, room + 2);
  return [heading(rung), ...members.map(row)];
}

/** The first clause. */
function inBrief(meaning: string): string {
  const [clause = ''] = meaning.split(/[:;] |\. |\.$/);
  return clause;
}
