import type { Scenario } from '../scenario.ts';

/** A cluster that never had KubeVirt. */
export default {
  starts: 'empty',
  expects: { verdict: 'notInstalled', exitCode: 1, cause: 'kubevirt-not-installed' },
  break: () => Promise.resolve(),
} satisfies Scenario;
