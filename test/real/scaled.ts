import { type Cluster, run } from '../cluster/cluster.ts';
import { kubectl } from '../cluster/kubectl.ts';
import { IN_KUBEVIRT } from '../cluster/operator.ts';
import { expect, screenEnds, terminal } from './program.ts';

/** The Deployment as an argument of kubectl. */
export const TARGET = ['deployment', 'virt-operator', IN_KUBEVIRT];
export const QUESTION = /\(y\/N\): *$/;

/** How many pods the Deployment asks for. */
export function replicas(cluster: Cluster): Promise<string> {
  return kubectl(cluster, ['get', ...TARGET, '--output=jsonpath={.spec.replicas}']);
}

/** What must leave every object that a repair might touch as it is. */
export function unchanged(attempt: (cluster: Cluster) => Promise<void>) {
  return async (cluster: Cluster): Promise<undefined> => {
    const before = await versions(cluster);
    await attempt(cluster);
    expect(await versions(cluster), before);
  };
}

/** Starts a repair on a terminal, types that when it asks, and looks at how it ends. */
export async function answers(cluster: Cluster, args: readonly string[], keys: string, code: number, says: RegExp) {
  const screen = terminal(cluster, ['mitigate', ...args]);
  await screen.shows(/: *$/);
  screen.type(keys);
  await screenEnds(screen, code, says);
}

/** Waits until the server refuses to scale the Deployment, or no more. */
export async function mayScale(cluster: Cluster): Promise<boolean> {
  return (await run(cluster, 'kubectl', ['scale', ...TARGET, '--replicas=1', '--dry-run=server'])).code === 0;
}

/** The resourceVersions of all that a repair might touch. */
function versions(cluster: Cluster): Promise<string> {
  const kinds = 'deployments,replicasets,pods,serviceaccounts,resourcequotas,limitranges';
  const path = '--output=jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}';
  return kubectl(cluster, ['get', kinds, IN_KUBEVIRT, path]);
}
