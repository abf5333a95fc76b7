import type { Scenario } from '../scenario.ts';

/** A cluster that never had KubeVirt. */
export default {
  expects: { verdict: 'notInstalled', exitCode: 1, cause: 'kubevirt-not-installed' },
  installed: false,
  break: () => Promise.resolve(),
} satisfies Scenario;
