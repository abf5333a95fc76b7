import { operatorProcessLog, writeContainerLog } from '../container-logs.ts';
import { get, kubectl, waitUntil } from '../kubectl.ts';
import { waitForStaleLease } from '../observe.ts';
import { leaderOrFirstPod, startOperator, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

interface ClusterRole {
  rules: { apiGroups: string[] }[];
}

/** Somebody took from the operator's ClusterRole what it may do with resource definitions: its pods stay Ready and wait for ever. */
export default {
  written: true,
  waits: 60,
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-rbac' },
  async break(cluster) {
    await stopOperator(cluster);
    const role = await get<ClusterRole>(cluster, ['clusterrole', 'kubevirt-operator']);
    const rules = role?.rules.filter(({ apiGroups }) => !apiGroups?.includes('apiextensions.k8s.io'));
    await kubectl(cluster, [
      'patch',
      'clusterrole',
      'kubevirt-operator',
      '--type=merge',
      `--patch=${JSON.stringify({ rules })}`,
    ]);
    await startOperator(cluster, await leaderOrFirstPod(cluster));
    await waitUntil('the operator says that it may not list resource definitions', 60, async () => {
      return /failed to list \*v1\.CustomResourceDefinition: .*forbidden/.test(operatorProcessLog(cluster));
    });
    await waitForStaleLease(cluster, 'kubevirt', 'virt-operator', 50);
    writeContainerLog(cluster, 'current', operatorProcessLog(cluster));
  },
} satisfies Scenario;
