import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where a cluster's API server listens: the same in every cluster, since each has a network of its own. */
export const API_SERVER = 'https://127.0.0.1:6443';

const CLIENTS = {
  admin: '/O=system:masters/CN=admin',
  'kube-controller-manager': '/CN=system:kube-controller-manager',
  'kube-scheduler': '/CN=system:kube-scheduler',
  kwok: '/O=system:masters/CN=kwok',
};
const SERVER_NAMES = 'IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc';
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const DAYS = ['-days', '3650'];

const run = promisify(execFile);

/** Makes a cluster's keys and certificates in `pki/`, and one kubeconfig per client beside it. Needs openssl. */
export async function makeCertificates(directory: string): Promise<void> {
  const pki = join(directory, 'pki');
  mkdirSync(pki, { recursive: true });
  const openssl = (...args: string[]) => run('openssl', args, { cwd: pki });
  await openssl('ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', 'service-account.key');
  await openssl('pkey', '-in', 'service-account.key', '-pubout', '-out', 'service-account.pub');
  for (const name of ['ca', 'front-proxy']) {
    await openssl(
      'req',
      '-x509',
      ...NEW_KEY,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      ...DAYS,
      '-subj',
      `/CN=${name}`,
    );
  }
  const sign = async (name: string, subject: string, names: string) => {
    const extensions = `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`;
    writeFileSync(join(pki, `${name}.ext`), extensions);
    await openssl('req', ...NEW_KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const authority = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'];
    await openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...authority,
      ...DAYS,
      '-out',
      `${name}.crt`,
      '-extfile',
      `${name}.ext`,
    );
  };
  await sign('kube-apiserver', '/CN=kube-apiserver', SERVER_NAMES);
  for (const [name, subject] of Object.entries(CLIENTS)) {
    await sign(name, subject, `DNS:${name}`);
    writeClientKubeconfig(directory, name);
  }
}

/** Writes the kubeconfig of a client whose key and certificate are in `pki/`. */
export function writeClientKubeconfig(directory: string, name: string): void {
  const pki = join(directory, 'pki');
  writeKubeconfig(directory, name, {
    'client-certificate-data': encoded(pki, `${name}.crt`),
    'client-key-data': encoded(pki, `${name}.key`),
  });
}

/** Writes `NAME.kubeconfig` for a user of the cluster in that directory and gives its path. */
export function writeKubeconfig(directory: string, name: string, user: object, server = API_SERVER): string {
  const file = join(directory, `${name}.kubeconfig`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'test', cluster: { server, 'certificate-authority-data': encoded(join(directory, 'pki'), 'ca.crt') } },
    ],
    users: [{ name, user }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: name } }],
    'current-context': 'test',
  };
  writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
  return file;
}

function encoded(folder: string, file: string): string {
  return readFileSync(join(folder, file)).toString('base64');
}
