import { setNodeCondition, waitForTaint } from '../node-condition.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Kubernetes cloud-provider controllers/route/route_controller.go. */
const NO_ROUTE = {
  type: 'NetworkUnavailable',
  status: 'True',
  reason: 'NoRouteCreated',
  message: 'RouteController failed to create a route',
} as const;

/** The cloud gave the control-plane nodes no routes. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'node-network-unavailable' },
  async break(cluster) {
    await setNodeCondition(cluster, CONTROL_PLANE_NODES, NO_ROUTE);
    await waitForTaint(cluster, CONTROL_PLANE_NODES, 'node.kubernetes.io/network-unavailable');
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
