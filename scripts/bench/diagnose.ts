import { operatorReport } from '../../src/commands/operator-report.ts';
import { fixtureEvidence, fixtureNames } from '../../test/helpers/fixture.ts';

const ROUNDS = 5;
/** What one diagnosis may take. */
const BUDGET_MS = 50;

/** How long the diagnosis takes on each recorded cluster, reading aside: one line with the median and the slowest. */
export async function diagnoseLine(): Promise<string> {
  const names = fixtureNames();
  const results = await Promise.all(
    names.map(async (name) => ({ name, milliseconds: best(await fixtureEvidence(name)) })),
  );
  const sorted = results.sort((a, b) => a.milliseconds - b.milliseconds);
  const [middle, last] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  const median = `median ${middle?.milliseconds.toFixed(1)} ms`;
  const slowest = `slowest ${last?.milliseconds.toFixed(1)} ms (${last?.name})`;
  return `diagnose, ${names.length} recorded clusters: ${median}, ${slowest}, budget ${BUDGET_MS} ms`;
}

function best(evidence: Parameters<typeof operatorReport>[0]): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    operatorReport(evidence);
    return performance.now() - start;
  });
  return Math.min(...times);
}
