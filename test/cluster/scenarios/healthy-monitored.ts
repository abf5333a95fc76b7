import { installMonitoring } from '../monitoring.ts';
import type { Scenario } from '../scenario.ts';

/** Two replicas, one of which leads, and alerts that see them. */
export default {
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  break: installMonitoring,
} satisfies Scenario;
