import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { breakNewPods, waiting } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** As containerd 2.1 says it (internal/cri/server/container_create.go). */
const RESERVED =
  'failed to reserve container name "virt-operator_virt-operator_kubevirt_0": name ' +
  '"virt-operator_virt-operator_kubevirt_0" is reserved for "5b4a3c2d1e0f"';

/** The container runtime hangs, and the nodes have been cordoned since: pods that are deleted find no node. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'create-container-error' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: waiting('CreateContainerError', RESERVED),
      events: [['Failed', `Error: ${RESERVED}`]],
    });
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
  },
} satisfies Scenario;
