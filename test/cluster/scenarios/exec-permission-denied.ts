import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** As containerd 2.1 and runc 1.3 say it. */
const REFUSED =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ' +
  'unable to start container process: error during container init: exec: "virt-operator": permission denied: unknown';

/** The program may not be run. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'exec-permission-denied' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 128, reason: 'StartError', log: REFUSED });
  },
} satisfies Scenario;
