import { denyByPolicy } from '../deny-policy.ts';
import { kubectl, waitUntil } from '../kubectl.ts';
import { waitForEvents, waitForPods } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const POLICY = 'require-owner-label';

/** A policy of the API server itself refuses new ReplicaSets, and the one that there was is deleted. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'rs-create-error' },
  async break(cluster) {
    await stopOperator(cluster);
    const replicaSets = {
      apiGroups: ['apps'],
      apiVersions: ['v1'],
      resources: ['replicasets'],
      operations: ['CREATE'],
    };
    await denyByPolicy(cluster, {
      policy: POLICY,
      rule: replicaSets,
      expression: "has(object.metadata.labels) && 'owner' in object.metadata.labels",
    });
    await waitUntil('the policy refuses ReplicaSets', 30, () => isRefused(cluster));
    await kubectl(cluster, ['delete', 'replicaset', '--selector=kubevirt.io=virt-operator', IN_KUBEVIRT]);
    await waitForEvents(cluster, 'ReplicaSetCreateError', 1);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;

async function isRefused(cluster: Parameters<typeof kubectl>[0]): Promise<boolean> {
  const template = {
    metadata: { labels: { app: 'tried' } },
    spec: { containers: [{ name: 'tried', image: 'tried' }] },
  };
  const tried = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'tried', namespace: 'kubevirt' },
    spec: { replicas: 0, selector: { matchLabels: { app: 'tried' } }, template },
  };
  return kubectl(cluster, ['create', '--dry-run=server', '--filename=-'], JSON.stringify(tried)).then(
    () => false,
    (error: Error) => error.message.includes(POLICY),
  );
}
