import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { stringify } from 'yaml';
import { ask, startProxy } from './api.ts';
import { API_SERVER } from './certificates.ts';
import type { Cluster } from './cluster.ts';
import { containerLogs, KUBELET_FLAGS } from './container-logs.ts';
import { kubectl, waitUntil } from './kubectl.ts';
import { SERVICE_NETWORK } from './network.ts';
import { runs, start, stop } from './processes.ts';

const ETCD = 'http://127.0.0.1:2379';
const PEER = 'http://127.0.0.1:2380';

/** The flags of each process; paths are relative to the cluster's directory, in which they run. */
const FLAGS = {
  etcd: [
    '--data-dir=etcd',
    `--listen-client-urls=${ETCD}`,
    `--advertise-client-urls=${ETCD}`,
    `--listen-peer-urls=${PEER}`,
    `--initial-advertise-peer-urls=${PEER}`,
    `--initial-cluster=default=${PEER}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ],
  'kube-apiserver': [
    `--etcd-servers=${ETCD}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${new URL(API_SERVER).port}`,
    '--endpoint-reconciler-type=none',
    `--service-cluster-ip-range=${SERVICE_NETWORK}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--allow-privileged=true',
    // Names of nodes lead nowhere.
    '--kubelet-preferred-address-types=InternalIP',
    // No kube-proxy runs here: webhooks and aggregated APIs are called at their pods' addresses.
    '--enable-aggregator-routing=true',
    '--client-ca-file=pki/ca.crt',
    '--tls-cert-file=pki/kube-apiserver.crt',
    '--tls-private-key-file=pki/kube-apiserver.key',
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-account-key-file=pki/service-account.pub',
    '--service-account-signing-key-file=pki/service-account.key',
    '--requestheader-client-ca-file=pki/front-proxy.crt',
    '--requestheader-allowed-names=front-proxy',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--proxy-client-cert-file=pki/front-proxy.crt',
    '--proxy-client-key-file=pki/front-proxy.key',
  ],
  'kube-controller-manager': [
    ...clientFlags('kube-controller-manager'),
    '--service-account-private-key-file=pki/service-account.key',
    '--root-ca-file=pki/ca.crt',
    '--use-service-account-credentials=true',
  ],
  'kube-scheduler': clientFlags('kube-scheduler'),
};
/** Collecting garbage while they start costs a quarter of the processor time that a short-lived cluster takes. */
const LITTLE_GARBAGE_COLLECTION = { GOGC: 'off', GOMEMLIMIT: '512MiB' };
type Component = keyof typeof FLAGS;
const LEASES = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases';
const LEADERS = ['kube-scheduler', 'kube-controller-manager'] as const;

/** Starts the control plane on what the cluster's directory holds, and the nodes' kubelets, which kwok plays. */
export async function startControlPlane(cluster: Cluster): Promise<void> {
  startComponent(cluster, 'etcd');
  startComponent(cluster, 'kube-apiserver');
  startProxy(cluster);
  await waitForApiServer(cluster);
  startComponent(cluster, 'kube-controller-manager');
  startComponent(cluster, 'kube-scheduler');
  startKubelets(cluster);
  await waitUntil('kube-controller-manager and kube-scheduler lead', 120, async () => {
    const leases = await Promise.all(LEADERS.map((name) => ask(cluster, 'GET', `${LEASES}/${name}`)));
    return leases.every(({ code }) => code === 200);
  });
}

/** Starts an API server that was killed, and what ended because it was away, as the kubelets of a control plane do. */
export async function reviveApiServer(cluster: Cluster): Promise<void> {
  startComponent(cluster, 'kube-apiserver');
  await waitForApiServer(cluster);
  for (const name of LEADERS) if (!runs(cluster, name)) startComponent(cluster, name);
}

/** Waits until the API server takes requests. */
function waitForApiServer(cluster: Cluster): Promise<void> {
  return waitUntil('the API server is ready', 120, async () => (await ask(cluster, 'GET', '/readyz')).code === 200);
}

/** Starts the API server again with flags of its own; kube-controller-manager would not live through that, and follows. */
export async function restartApiServer(cluster: Cluster, extra: readonly string[]): Promise<void> {
  const manager = 'kube-controller-manager';
  await stop(cluster, manager);
  await stop(cluster, 'kube-apiserver');
  startComponent(cluster, 'kube-apiserver', extra);
  await waitForApiServer(cluster);
  await kubectl(cluster, ['delete', 'lease', '--namespace=kube-system', manager]);
  startComponent(cluster, manager);
}

/** Starts the API server again with admission plugins that have settings of their own. */
export async function restartWithPlugin(cluster: Cluster, name: string, configuration: object): Promise<void> {
  const file = join(cluster.directory, 'admission.yaml');
  const plugins = [{ name, configuration }];
  writeFileSync(file, stringify({ apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AdmissionConfiguration', plugins }));
  await restartApiServer(cluster, [`--enable-admission-plugins=${name}`, `--admission-control-config-file=${file}`]);
}

/** Stops everything gently, the store last, and leaves no leader behind: a copy of the directory then starts at once. */
export async function stopControlPlane(cluster: Cluster): Promise<void> {
  await Promise.all(['kwok', ...LEADERS].map((name) => stop(cluster, name)));
  await kubectl(cluster, ['delete', 'lease', '--namespace=kube-system', ...LEADERS]);
  await kubectl(cluster, ['delete', 'lease', '--namespace=kube-node-lease', '--all']);
  await stop(cluster, 'kube-apiserver');
  await stop(cluster, 'etcd');
}

/** Starts kwok: the kubelets of the nodes annotated for it, which give logs. Stages of the cluster's own stand in for the built ones of the same name. */
export function startKubelets(cluster: Cluster, serving: readonly string[] = KUBELET_FLAGS): void {
  const stages = new Map<string, string>();
  for (const folder of [join(cluster.binaries, 'stages'), join(cluster.directory, 'stages')]) {
    for (const name of namesIn(folder)) stages.set(name, join(folder, name));
  }
  start(cluster, 'kwok', join(cluster.binaries, 'bin', 'kwok'), [
    '--kubeconfig=kwok.kubeconfig',
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    '--node-lease-duration-seconds=40',
    ...serving,
    `--config=${containerLogs(cluster)}`,
    ...[...stages.values()].map((file) => `--config=${file}`),
  ]);
}

/** Starts one program of the control plane, with flags of its own after the usual ones. */
export function startComponent(cluster: Cluster, name: Component, extra: readonly string[] = []): void {
  start(cluster, name, join(cluster.binaries, 'bin', name), [...FLAGS[name], ...extra], {
    ...process.env,
    ...LITTLE_GARBAGE_COLLECTION,
  });
}

function clientFlags(name: string): string[] {
  const file = `${name}.kubeconfig`;
  const flags = ['--kubeconfig', '--authentication-kubeconfig', '--authorization-kubeconfig'];
  return [
    '--bind-address=127.0.0.1',
    '--leader-elect=true',
    // Without these each start makes RSA keys, which takes longer than all else that it does.
    '--tls-cert-file=pki/kube-apiserver.crt',
    '--tls-private-key-file=pki/kube-apiserver.key',
    ...flags.map((flag) => `${flag}=${file}`),
  ];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
