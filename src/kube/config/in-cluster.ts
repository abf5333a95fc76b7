import { existsSync } from 'node:fs';
import type { Host } from './host.ts';
import type { Kubeconfig } from './kubeconfig-file.ts';

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';
const NAME = 'in-cluster';

/** The configuration of a pod that talks to its own cluster, or null when this is no pod (client-go rest/config.go InClusterConfig). */
export function inClusterConfig({ env }: Host, folder = FOLDER): Kubeconfig | null {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  if (!host || !port || !existsSync(`${folder}/token`)) return null;
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    currentContext: NAME,
    clusters: new Map([[NAME, { server, 'certificate-authority': `${folder}/ca.crt` }]]),
    contexts: new Map([[NAME, { cluster: NAME, user: NAME }]]),
    users: new Map([[NAME, { tokenFile: `${folder}/token` }]]),
  };
}
