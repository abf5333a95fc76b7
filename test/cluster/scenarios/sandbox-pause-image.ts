import { breakNewPods, WITHOUT_SANDBOX } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** As containerd 2.1 says it (internal/cri/server/podsandbox/sandbox_run.go). */
const WORDS =
  'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.10": ' +
  'failed to pull image "registry.k8s.io/pause:3.10": failed to resolve reference "registry.k8s.io/pause:3.10": dial tcp 192.0.2.80:443: i/o timeout';

/** The nodes cannot pull the image that every pod's sandbox needs. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'sandbox-pause-image' },
  async break(cluster) {
    await breakNewPods(cluster, { report: WITHOUT_SANDBOX, events: [['FailedCreatePodSandBox', WORDS]] });
  },
} satisfies Scenario;
