import { OPERATOR_IMAGE } from '../build.ts';
import { breakNewPods, waiting } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** Kubernetes 1.36 pkg/kubelet/images/image_manager.go, with the words of gRPC for a runtime that does not listen. */
const FAILED =
  `Failed to inspect image "${OPERATOR_IMAGE}": rpc error: code = Unavailable desc = connection error: ` +
  'desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"';

/** The container runtime of the nodes does not answer. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-inspect-error' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: waiting('ImageInspectError', FAILED),
      events: [
        ['InspectFailed', FAILED],
        ['Failed', 'Error: ImageInspectError'],
      ],
    });
  },
} satisfies Scenario;
