import { join } from 'node:path';
import { read, remove } from './api.ts';
import { KUBEVIRT_VERSION, OPERATOR_IMAGE } from './build.ts';
import { writeKubeconfig } from './certificates.ts';
import { type Cluster, environment, run } from './cluster.ts';
import { kubectl, waitUntil } from './kubectl.ts';
import type { Crash } from './kubelet.ts';
import { runs, start, stop } from './processes.ts';

/** The namespace KubeVirt is installed in, as a kubectl argument. */
export const IN_KUBEVIRT = '--namespace=kubevirt';
const SELECTOR = '--selector=kubevirt.io=virt-operator';
const PODS = '/api/v1/namespaces/kubevirt/pods';
const LEASE = '/apis/coordination.k8s.io/v1/namespaces/kubevirt/leases/virt-operator';
const PROCESS = 'virt-operator';

export interface OperatorPod {
  metadata: { name: string; namespace: string; uid: string; creationTimestamp: string };
  spec: { nodeName?: string; containers: { image: string }[] };
  status: {
    phase: string;
    conditions?: { type: string; status: string; reason?: string; lastTransitionTime?: string }[];
    containerStatuses?: { state?: { waiting?: { reason: string } } }[];
  };
}

interface Lease {
  spec: { holderIdentity?: string; renewTime?: string };
}

/** The operator's pods, oldest first. */
export async function operatorPods(cluster: Cluster): Promise<OperatorPod[]> {
  const list = await read<{ items: OperatorPod[] }>(cluster, `${PODS}?labelSelector=kubevirt.io%3Dvirt-operator`);
  const age = ({ metadata }: OperatorPod) => Date.parse(metadata.creationTimestamp);
  return (list?.items ?? []).sort((one, other) => age(one) - age(other));
}

/** How many of these pods are Ready. */
export function readyCount(pods: readonly OperatorPod[]): number {
  const isReady = ({ type, status }: { type: string; status: string }) => type === 'Ready' && status === 'True';
  return pods.filter((pod) => pod.status.conditions?.some(isReady)).length;
}

/**
 * Starts the real virt-operator as the container of that pod would run: under the pod's name as its hostname, which is
 * the identity it writes into its Lease, and with the ServiceAccount's rights.
 */
export async function startOperator(cluster: Cluster, pod: string): Promise<void> {
  const kubeconfig = await operatorKubeconfig(cluster);
  start(cluster, PROCESS, ...operatorCommand(cluster, pod, kubeconfig), environment(cluster, operatorVariables(pod)));
}

/** Runs the real virt-operator where it cannot live, and gives what it ended with; rejects when it lives for a minute. */
export async function crashForReal(cluster: Cluster, kubeconfig: string): Promise<Crash> {
  const [command, args] = operatorCommand(cluster, PROCESS, kubeconfig);
  const { code, stderr } = await run(cluster, command, args, { env: operatorVariables(PROCESS), seconds: 60 });
  if (code === 137) throw new Error(`virt-operator was expected to end, and runs: ${stderr.slice(-500)}`);
  return { exitCode: code, reason: 'Error', log: stderr };
}

/** Ends the process, as a container ends that is killed. */
export function stopOperator(cluster: Cluster): Promise<void> {
  return stop(cluster, PROCESS, 'SIGKILL');
}

/** Deletes the operator's pods and ends the process that stood in for the container of one of them. */
export async function loseOperatorPods(cluster: Cluster): Promise<void> {
  await stopOperator(cluster);
  const pods = await operatorPods(cluster);
  await remove(
    cluster,
    pods.map(({ metadata }) => `${PODS}/${metadata.name}`),
  );
}

/** The same where no kubelet is left to end the pods. */
export async function forgetOperatorPods(cluster: Cluster): Promise<void> {
  await stopOperator(cluster);
  await kubectl(cluster, ['delete', 'pods', IN_KUBEVIRT, SELECTOR, '--force', '--grace-period=0']);
}

/** Waits until an operator process leads: so many pods are Ready and one of them renewed the Lease within its 15 seconds. */
export async function waitForLeader(cluster: Cluster, replicas = 2): Promise<void> {
  await waitUntil(`${replicas} operator pods are Ready and one of them holds a fresh Lease`, 120, async () => {
    if (!runs(cluster, PROCESS)) throw new Error('virt-operator ended: see log/virt-operator');
    const lease = await read<Lease>(cluster, LEASE);
    const pods = await operatorPods(cluster);
    const holder = pods.some((pod) => pod.metadata.name === lease?.spec.holderIdentity);
    return holder && leaseAge(lease) < 10 && readyCount(pods) === replicas;
  });
}

/** The pod that leads according to the Lease, else the oldest: started under that name the operator leads at once. */
export async function leaderOrFirstPod(cluster: Cluster): Promise<string> {
  const lease = await read<Lease>(cluster, LEASE);
  const names = (await operatorPods(cluster)).map((pod) => pod.metadata.name);
  const name = names.find((name) => name === lease?.spec.holderIdentity) ?? names[0];
  if (name === undefined) throw new Error('the cluster has no virt-operator pod');
  return name;
}

/** A kubeconfig with the rights of the operator's ServiceAccount, as its pod has them. */
export async function operatorKubeconfig(cluster: Cluster, server?: string): Promise<string> {
  const token = await kubectl(cluster, ['create', 'token', 'kubevirt-operator', IN_KUBEVIRT, '--duration=24h']);
  return writeKubeconfig(cluster.directory, 'kubevirt-operator', { token: token.trim() }, server);
}

/** The variables of the operator's container (KubeVirt v1.7.0, components/deployments.go NewOperatorDeployment). */
export function operatorVariables(pod: string): NodeJS.ProcessEnv {
  return { NODE_NAME: 'cp-0', POD_NAME: pod, VIRT_OPERATOR_IMAGE: OPERATOR_IMAGE, KUBEVIRT_VERSION };
}

function operatorCommand(cluster: Cluster, pod: string, kubeconfig: string): [string, string[]] {
  const operator = [join(cluster.binaries, 'bin', 'virt-operator'), `--kubeconfig=${kubeconfig}`, '--port=8443'];
  return ['unshare', ['--uts', 'sh', '-c', 'hostname "$0" && exec "$@"', pod, ...operator]];
}

function leaseAge(lease: Lease | null): number {
  const renewed = Date.parse(lease?.spec.renewTime ?? '');
  return Number.isNaN(renewed) ? Number.POSITIVE_INFINITY : (Date.now() - renewed) / 1000;
}
