import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';

/** Of the run that goes on, and of the one before. */
type Run = 'current' | 'previous';

/** Where nodes have their kubelets, one for all of them: kwok plays it. */
export const KUBELET_PORT = 10250;
export const KUBELET_FLAGS = [
  `--server-address=0.0.0.0:${KUBELET_PORT}`,
  '--tls-cert-file=pki/kube-apiserver.crt',
  '--tls-private-key-file=pki/kube-apiserver.key',
];

/** The kubelets give these logs of the operator's containers, which are empty until somebody writes into them; returns their configuration's file. */
export function containerLogs(cluster: Cluster): string {
  for (const run of ['current', 'previous'] as const) {
    if (!existsSync(logFile(cluster, run))) writeContainerLog(cluster, run, '');
  }
  const resource = {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: 'virt-operator' },
    spec: {
      logs: [
        {
          containers: ['virt-operator'],
          logsFile: logFile(cluster, 'current'),
          previousLogsFile: logFile(cluster, 'previous'),
        },
      ],
    },
  };
  const file = join(cluster.directory, 'container-logs.yaml');
  writeFileSync(file, JSON.stringify(resource));
  return file;
}

/** From now on the operator's containers have logged this, in the form in which containerd keeps it. */
export function writeContainerLog(cluster: Cluster, run: Run, text: string): void {
  const lines = text.trimEnd().split('\n');
  const time = new Date().toISOString().replace('Z', '000000Z');
  const kept = text.trim() === '' ? [] : lines.map((line) => `${time} stderr F ${line}\n`);
  mkdirSync(join(cluster.directory, 'log'), { recursive: true });
  writeFileSync(logFile(cluster, run), kept.join(''));
}

/** What the operator's process has logged so far. */
export function operatorProcessLog(cluster: Cluster): string {
  return readFileSync(join(cluster.directory, 'log', 'virt-operator'), 'utf8');
}

function logFile(cluster: Cluster, run: Run): string {
  return join(cluster.directory, 'log', `container-${run}`);
}
