import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { writeClientKubeconfig } from './certificates.ts';
import type { Cluster } from './cluster.ts';
import { startComponent, startKubelets } from './control-plane.ts';
import { stop } from './processes.ts';

const CLIENTS = ['kube-controller-manager', 'kube-scheduler', 'kwok'] as const;
export type Client = (typeof CLIENTS)[number];

/** Long enough for them to start and to lead. */
const LIFE_MS = 45_000;
/** Only `openssl ca` takes an end by the second before OpenSSL 3.4. */
const AUTHORITY = `[ca]
default_ca = own
[own]
certificate = ca.crt
private_key = ca.key
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
unique_subject = no
policy = any
[any]
organizationName = optional
commonName = supplied
`;

/** Starts those clients again with certificates that expire in a minute, and returns when they have: kwok stands for the kubelets. */
export async function expireCertificates(cluster: Cluster, clients: readonly Client[]): Promise<void> {
  const pki = join(cluster.directory, 'pki');
  writeFileSync(join(pki, 'authority.cnf'), AUTHORITY);
  writeFileSync(join(pki, 'index.txt'), '');
  const end = Date.now() + LIFE_MS;
  for (const name of clients) {
    await sign(pki, name, new Date(end));
    writeClientKubeconfig(cluster.directory, name);
    await stop(cluster, name);
    if (name === 'kwok') startKubelets(cluster);
    else startComponent(cluster, name);
  }
  await pause(end - Date.now());
}

/** Signs a client's request again. */
async function sign(pki: string, name: string, end: Date): Promise<void> {
  const enddate = `${end.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`;
  const files = ['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.ext`];
  const args = ['ca', '-batch', '-notext', '-config', 'authority.cnf', '-enddate', enddate, ...files];
  await promisify(execFile)('openssl', args, { cwd: pki });
}
