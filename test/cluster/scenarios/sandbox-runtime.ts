import { breakNewPods, WITHOUT_SANDBOX } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** As containerd 2.1 says it (internal/cri/server/sandbox_run.go). */
const WORDS =
  'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to reserve sandbox name "virt-operator_kubevirt_0": ' +
  'name "virt-operator_kubevirt_0" is reserved for "3f9a8a1d0c9b7a52"';

/** The container runtime of the nodes hangs. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'sandbox-runtime' },
  async break(cluster) {
    await breakNewPods(cluster, { report: WITHOUT_SANDBOX, events: [['FailedCreatePodSandBox', WORDS]] });
  },
} satisfies Scenario;
