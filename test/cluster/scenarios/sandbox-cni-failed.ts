import { breakNewPods, WITHOUT_SANDBOX } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** As containerd 2.1 says it (internal/cri/server/sandbox_run.go), with Calico's reason. */
const WORDS =
  'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "3f9a8a1d0c9b7a52": ' +
  'plugin type="calico" failed (add): stat /var/lib/calico/nodename: no such file or directory: check that the calico/node container is running';

/** The network plugin of the nodes cannot give pods a network. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'sandbox-cni-failed' },
  async break(cluster) {
    await breakNewPods(cluster, { report: WITHOUT_SANDBOX, events: [['FailedCreatePodSandBox', WORDS]] });
  },
} satisfies Scenario;
