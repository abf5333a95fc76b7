import type { Finding } from '../../model/finding.ts';
import { mends } from '../../report/remedy.ts';
import { rules } from '../../rules/index.ts';

/** What a person does about a cause, in order: looks, then mends; where the command itself mends, what to bear in mind comes first. */
export function manualSteps({ code, mitigation }: Finding): string[] {
  const remedy = rules.find((rule) => rule.code === code)?.remedy ?? '';
  if (!mitigation) return [remedy];
  if (mitigation.steps) return [...mitigation.steps];
  const commands = mitigation.command.split(/\n| && /).map((text) => text.trim());
  return mends(mitigation) ? [remedy, ...commands] : [...commands, remedy];
}
