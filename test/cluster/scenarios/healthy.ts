import type { Scenario } from '../scenario.ts';

/** Two replicas, one of which leads. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  break: () => Promise.resolve(),
} satisfies Scenario;
