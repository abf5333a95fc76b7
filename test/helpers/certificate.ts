import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  /** PEM; it is signed by itself, so it is its own authority. */
  certificate: string;
  key: string;
}

/** Makes a certificate for these names, such as `IP:127.0.0.1`. `days` from now it expires; with -1 it has. Needs openssl. */
export function makeCertificate(commonName: string, names = 'IP:127.0.0.1,DNS:localhost', days = 2): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key'];
  openssl('req', '-new', ...newKey, '-out', 'csr', '-subj', `/CN=${commonName}`, '-addext', `subjectAltName=${names}`);
  const sign = ['x509', '-req', '-in', 'csr', '-signkey', 'key', '-days', `${days}`, '-copy_extensions', 'copyall'];
  const made = { certificate: openssl(...sign), key: openssl('pkey', '-in', 'key') };
  rmSync(folder, { recursive: true });
  return made;
}
