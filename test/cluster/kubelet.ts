import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { remove } from './api.ts';
import { HERE } from './cache.ts';
import type { Cluster } from './cluster.ts';
import { writeContainerLog } from './container-logs.ts';
import { startKubelets } from './control-plane.ts';
import { CONTROL_PLANE_NODES, WORKER_NODES } from './nodes.ts';
import { stop } from './processes.ts';

const NODE_LEASES = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

/** From now on the kubelets cannot pull that image: `why` is the container runtime's text. */
export async function failImagePulls(cluster: Cluster, image: string, why: string): Promise<void> {
  const message = `Back-off pulling image "${image}": ErrImagePull: ${why}`;
  writeStage(cluster, 'image-pull-failed.yaml', { IMAGE: image, MESSAGE: message });
  keepFromGettingReady(cluster, { key: '.spec.containers.[].image', operator: 'NotIn', values: [image] });
  await restartKubelets(cluster);
}

/** Kubernetes 1.36 pkg/kubelet/container/runtime.go MaxContainerTerminationMessageLogLength. */
const MESSAGE_LENGTH = 2048;

export interface Crash {
  exitCode: number;
  reason: 'Error' | 'OOMKilled' | 'Completed' | 'StartError';
  /** What it logged; its end is kept, as for terminationMessagePolicy FallbackToLogsOnError. */
  log: string;
  /** Whether the pod keeps the end of that (KubeVirt 1.6 and newer); so unless said otherwise. */
  leavesMessage?: boolean;
}

/** From now on virt-operator's containers crash so, those that run and those to come; of these, where it is given, only those that `only` selects. */
export async function crashOperatorContainers(cluster: Cluster, crash: Crash, only?: object): Promise<void> {
  // A kubelet falls back to the log only where a container failed.
  const isKept = crash.leavesMessage !== false && crash.exitCode !== 0;
  const MESSAGE = isKept ? crash.log.slice(-MESSAGE_LENGTH) : '';
  writeContainerLog(cluster, 'previous', crash.log);
  writeContainerLog(cluster, 'current', crash.log);
  writeStage(cluster, 'container-crashed.yaml', { EXIT_CODE: crash.exitCode, REASON: crash.reason, MESSAGE });
  if (only) narrowStage(cluster, 'container-crashed.yaml', only);
  await restartKubelets(cluster);
}

/** From now on nothing listens where the nodes have their kubelets. */
export async function stopServingLogs(cluster: Cluster): Promise<void> {
  await restartKubelets(cluster, undefined, ['--server-address=127.0.0.1:10247']);
}

/** From now on the kubelets renew their leases and do nothing with new pods. */
export async function ignoreNewPods(cluster: Cluster): Promise<void> {
  mkdirSync(join(cluster.directory, 'stages'), { recursive: true });
  keepFromGettingReady(cluster, { key: '.metadata.name', operator: 'DoesNotExist' });
  await restartKubelets(cluster);
}

/** From now on the kubelets let stand what a controller says of their nodes; kwok's own stage makes them Ready at once. */
export async function leaveNodesAlone(cluster: Cluster): Promise<void> {
  const stage = parse(readFileSync(join(cluster.binaries, 'stages', 'node-initialize.yaml'), 'utf8'));
  stage.spec.selector.matchExpressions.push({ key: '.metadata.name', operator: 'DoesNotExist' });
  mkdirSync(join(cluster.directory, 'stages'), { recursive: true });
  writeFileSync(join(cluster.directory, 'stages', 'node-initialize.yaml'), stringify(stage));
  await restartKubelets(cluster);
}

/** The kubelets do as usual again. */
export async function lookAfterNodes(cluster: Cluster): Promise<void> {
  rmSync(join(cluster.directory, 'stages', 'node-initialize.yaml'));
  await restartKubelets(cluster);
}

/** Starts the kubelets of these nodes again, with the cluster's stages; the others stay stopped if they lost kwok's annotation. */
export async function restartKubelets(
  cluster: Cluster,
  nodes: readonly string[] = [...CONTROL_PLANE_NODES, ...WORKER_NODES],
  serving?: readonly string[],
): Promise<void> {
  await stop(cluster, 'kwok');
  // A new kwok would wait 40 seconds for the leases that the old one holds.
  await remove(
    cluster,
    nodes.map((node) => `${NODE_LEASES}/${node}`),
  );
  startKubelets(cluster, serving);
}

/** Writes a stage of stages/ into the cluster, with each "@KEY@" in it replaced by that value. */
export function writeStage(cluster: Cluster, name: string, values: Record<string, unknown>): void {
  const template = readFileSync(join(HERE, 'stages', name), 'utf8');
  const filled = template.replace(/"@([A-Z_]+)@"/g, (_, key: string) => JSON.stringify(values[key]));
  mkdirSync(join(cluster.directory, 'stages'), { recursive: true });
  writeFileSync(join(cluster.directory, 'stages', name), filled);
}

function narrowStage(cluster: Cluster, name: string, expression: object): void {
  const path = join(cluster.directory, 'stages', name);
  const stage = parse(readFileSync(path, 'utf8'));
  stage.spec.selector.matchExpressions.push(expression);
  writeFileSync(path, stringify(stage));
}

/** kwok's own stage makes every pending pod Ready: it must leave those alone that this selects. */
export function keepFromGettingReady(cluster: Cluster, expression: object): void {
  const stage = parse(readFileSync(join(cluster.binaries, 'stages', 'pod-ready.yaml'), 'utf8'));
  stage.spec.selector.matchExpressions.push(expression);
  writeFileSync(join(cluster.directory, 'stages', 'pod-ready.yaml'), stringify(stage));
}
