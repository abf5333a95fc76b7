import type { Action, ActionName } from '../model/action.ts';
import type { Finding } from '../model/finding.ts';

/** The steps, with a caution for each thing that would keep another pod from taking the place of the one that is deleted. */
export function forewarned(
  { action, steps }: { action: ActionName; steps: readonly Action[] },
  findings: readonly Pick<Finding, 'title' | 'next'>[],
): Action[] {
  const next = action === 'restart-pod' ? findings.filter((one) => one.next) : [];
  const cautions = next.map(({ title }) => `Mend this first, or no other pod takes its place: ${title}.`);
  return steps.map((step) => ({ ...step, cautions: [...step.cautions, ...cautions] }));
}
