import { breakNewPods, WITHOUT_SANDBOX } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** Kubernetes 1.36 pkg/kubelet/errors.go, with containerd's reason. */
const WORDS =
  'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady ' +
  'message:Network plugin returns error: cni plugin not initialized';

/** The nodes' network plugin has not written its configuration. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'network-not-ready' },
  async break(cluster) {
    await breakNewPods(cluster, { report: WITHOUT_SANDBOX, events: [['NetworkNotReady', WORDS]] });
  },
} satisfies Scenario;
