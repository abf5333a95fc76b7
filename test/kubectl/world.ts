import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Certificate, makeCertificate } from '../helpers/certificate.ts';
import { startProxy } from './proxies.ts';
import { type Seen, startRecorder } from './recorder.ts';

/** What cases are made of: servers, proxies, certificates, files and plugins in one folder. */
export interface World {
  folder: string;
  ports: Readonly<Record<'one' | 'two' | 'plain' | 'old' | 'proxy' | 'securedProxy' | 'socks' | 'nobody', number>>;
  certificates: Readonly<Record<'one' | 'two' | 'alice' | 'bob' | 'expired', Certificate>>;
  /** Every request since the last call. */
  take(): Seen[];
}

export const V1 = 'client.authentication.k8s.io/v1';
export const V1BETA1 = 'client.authentication.k8s.io/v1beta1';
/** A JSON Web Token that expired in 1970. */
export const EXPIRED_TOKEN = `x.${Buffer.from('{"exp":1}').toString('base64url')}.y`;
const NAMES = 'IP:127.0.0.1,IP:10.0.0.1,DNS:localhost,DNS:one.example,DNS:alias.example';

/** Makes it; `version` is what servers say of themselves, but for `old`. */
export async function makeWorld(version: object): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'same-as-kubectl-'));
  const certificates = {
    one: makeCertificate('one', NAMES),
    two: makeCertificate('two', 'DNS:two.example'),
    alice: makeCertificate('alice'),
    bob: makeCertificate('bob'),
    expired: makeCertificate('expired', undefined, -1),
  };
  let seen: Seen[] = [];
  const note = (one: Seen) => seen.push(one);
  const [one, two, plain, old, proxy, securedProxy, socks] = await Promise.all([
    startRecorder('one', certificates.one, version, note),
    startRecorder('two', certificates.two, version, note),
    startRecorder('plain', null, version, note),
    startRecorder('old', certificates.one, { ...version, gitVersion: 'v1.20.0' }, note),
    startProxy('proxy', 'http'),
    startProxy('secured-proxy', certificates.one),
    startProxy('socks', 'socks5'),
  ]);
  writeFiles(folder, certificates);
  return {
    folder,
    ports: { one, two, plain, old, proxy, securedProxy, socks, nobody: 1 },
    certificates,
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}

function writeFiles(folder: string, certificates: World['certificates']): void {
  const write = (name: string, text: string, mode = 0o600) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, mode);
  };
  for (const [name, { certificate, key }] of Object.entries(certificates)) {
    write(`pki/${name}.crt`, certificate);
    write(`pki/${name}.key`, key);
  }
  write('pki/broken.crt', 'hello');
  write('tokens/one', ' token-of-file\n');
  write('tokens/empty', '\n');
  const plugin = (name: string, status: object, apiVersion = V1, end = 0) => {
    const answer = JSON.stringify({ kind: 'ExecCredential', apiVersion, status });
    const note = 'printf \'%s|%s|%s\\n\' "$*" "$PLUGIN_VALUE" "$KUBERNETES_EXEC_INFO" >> "$PLUGIN_LOG"';
    write(`plugins/${name}`, `#!/bin/sh\n${note}\ncat <<'END'\n${answer}\nEND\nexit ${end}\n`, 0o755);
  };
  const { certificate, key } = certificates.bob;
  const pair = { clientCertificateData: certificate, clientKeyData: key };
  plugin('give-token', { token: 'token-of-plugin' });
  plugin('give-token-beta', { token: 'token-of-beta' }, V1BETA1);
  plugin('give-certificate', pair);
  plugin('give-both', { ...pair, token: 'token-of-plugin' });
  plugin('give-until', { token: 'token-until', expirationTimestamp: '2199-01-01T00:00:00Z' });
  plugin('give-half', { clientCertificateData: certificate });
  plugin('give-nothing', {});
  plugin('fail', { token: 't' }, V1, 3);
}
