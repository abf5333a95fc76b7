import type { Scenario } from '../cluster/scenario.ts';
import type { Check } from './check.ts';
import { choice } from './choice.ts';
import { faults } from './faults.ts';
import { refusals } from './refusals.ts';
import { repairCheck } from './repair.ts';
import { waitThroughRestart } from './wait.ts';

/** What else is tried on the clusters of these scenarios. */
export const MORE: Readonly<Record<string, readonly Check[]>> = {
  'all-candidates-down': [choice],
  'deployment-scaled-to-zero': [...refusals, ...faults],
  'old-alert-name': [waitThroughRestart],
};

/** What is tried, in order, on the broken cluster of a scenario once the diagnosis is judged. */
export function checksOf(name: string, { repair }: Scenario): Check[] {
  return [...(repair ? [repairCheck(repair)] : []), ...(MORE[name] ?? [])];
}
