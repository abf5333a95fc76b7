import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build } from '../cluster/build.ts';
import { goTools } from '../cluster/go.ts';
import { inNetwork, type Network, openNetwork } from '../cluster/network.ts';
import { makeCertificate } from '../helpers/certificate.ts';
import { type Finished, finish } from '../helpers/process.ts';

/** A home with the real kubectl and krew, in a network that reaches nothing but a stand-in for github.com. */
export interface KrewHome {
  /** krew's own folder. */
  krewRoot: string;
  /** A folder with the manifest as the index has it. */
  plugins: string;
  run(command: string, ...args: string[]): Promise<Finished>;
  close(): Promise<void>;
}

const HOST = 'github.com';

/** Makes such a home in `folder`, and serves the release from there; the index has the release's manifest only. */
export async function openKrewHome(folder: string, release: string): Promise<KrewHome> {
  const [bin, index, krewRoot] = ['bin', 'index', 'krew'].map((name) => join(folder, name)) as [string, string, string];
  const plugins = join(index, 'plugins');
  for (const path of [bin, plugins, krewRoot]) mkdirSync(path, { recursive: true });
  copyFileSync(join(release, 'krew-manifest.yaml'), join(plugins, 'virtop.yaml'));
  await installTools(bin);
  const network = await openNetwork();
  const env = {
    PATH: `${bin}:${join(krewRoot, 'bin')}:${process.env.PATH}`,
    HOME: folder,
    KREW_ROOT: krewRoot,
    KREW_DEFAULT_INDEX_URI: index,
    KREW_NO_UPGRADE_CHECK: '1',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const [first = '', ...before] = await serve(network, folder, release);
  const run = (command: string, ...args: string[]) => {
    const [program, all] = inNetwork(network.pid, first, [...before, command, ...args]);
    return finish(spawn(program, all, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: 240_000 }));
  };
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    [...identity, 'commit', '--quiet', '--message=index'],
  ]) {
    const { code, stderr } = await run('git', '-C', index, ...args);
    if (code !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
  }
  return { krewRoot, plugins, run, close: network.close };
}

/** The real kubectl is the cluster's; `kubectl krew` wants krew under the name of a plugin. */
async function installTools(bin: string): Promise<void> {
  const kubectl = join((await build()).directory, 'bin', 'kubectl');
  const tools = await goTools(join(import.meta.dirname, 'go', 'krew'), [
    'sigs.k8s.io/krew/cmd/krew',
    'sigs.k8s.io/krew/cmd/validate-krew-manifest',
  ]);
  cpSync(tools, bin, { recursive: true });
  symlinkSync('krew', join(bin, 'kubectl-krew'));
  symlinkSync(kubectl, join(bin, 'kubectl'));
}

/** Starts the stand-in, and gives the command before which a program finds it, whatever environment it has: its own mounts. */
async function serve(network: Network, folder: string, release: string): Promise<string[]> {
  const { certificate, key } = makeCertificate(HOST, `DNS:${HOST}`);
  const [certificateFile, keyFile, hosts] = ['certificate.pem', 'key.pem', 'hosts'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(certificateFile, certificate);
  writeFileSync(keyFile, key);
  writeFileSync(hosts, `127.0.0.1 localhost ${HOST}\n`);
  const script = join(import.meta.dirname, 'github.ts');
  const [program, args] = inNetwork(network.pid, process.execPath, [script, release, certificateFile, keyFile]);
  await once(spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] }).stdout, 'data');
  const mounts = [
    'mount --bind "$1" /etc/hosts',
    'mount -t tmpfs tmpfs /etc/ssl/certs',
    'cp "$2" /etc/ssl/certs/ca-certificates.crt',
    'shift 2',
    'exec "$@"',
  ];
  return ['unshare', '--mount', 'sh', '-c', mounts.join(' && '), 'sh', hosts, certificateFile];
}
