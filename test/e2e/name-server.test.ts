import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { executable } from '../../build.mjs';
import { type Place, writeKubeconfig } from '../helpers/kubeconfig.ts';
import { runProcess } from '../helpers/process.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('a name server that never answers');
const folder = mkdtempSync(join(tmpdir(), 'virtop-names-'));
test.after(() => rmSync(folder, { recursive: true }));

const resolver = join(folder, 'resolv.conf');
const order = join(folder, 'nsswitch.conf');
/** The resolver gives up after this; the program must not wait for that. */
const GIVES_UP_S = 20;
writeFileSync(resolver, `nameserver 127.0.0.1\noptions timeout:${GIVES_UP_S} attempts:1\n`);
writeFileSync(order, 'hosts: files dns\n');

/** Names are asked for in a network of its own, where a port takes questions and nobody reads them. */
const UNSHARE = ['--mount', '--net', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'])];
const SET_UP = `mount --bind '${resolver}' /etc/resolv.conf && mount --bind '${order}' /etc/nsswitch.conf && ip link set lo up`;
const SILENT = `require('node:dgram').createSocket('udp4').bind(53, '127.0.0.1', () =>
  require('node:child_process').spawn(process.argv[1], process.argv.slice(2), { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1)))`;

async function status(...args: string[]) {
  const start = performance.now();
  const inside = [process.execPath, '-e', SILENT, executable, 'status', ...args];
  const command = [...UNSHARE, 'sh', '-c', `${SET_UP} && exec "$@"`, 'sh', ...inside];
  const done = await runProcess('unshare', command, { HOME: folder, PATH: process.env.PATH ?? '' });
  return { ...done, seconds: (performance.now() - start) / 1000 };
}

const tried = spawnSync('unshare', [...UNSHARE, 'sh', '-c', SET_UP], { encoding: 'utf8' });
if (tried.status !== 0)
  test.skip('all', `no network and mounts of its own here: ${tried.error?.message ?? tried.stderr.trim()}`);
else {
  test('the program ends at its deadline, while the name is still looked up', async () => {
    const done = await status('--server=http://dead.example', '--request-timeout=1s');
    assert.equal([done.code, done.stdout], [1, '']);
    assert.match(done.stderr, /^error: no answer from http:\S+dead\.example\b.* within 1s/);
    assert.ok(done.seconds < GIVES_UP_S / 2, `${done.seconds} s`);
  });

  test('a fleet of dead names keeps no other name waiting', async () => {
    const dead = Array.from({ length: 12 }, (_, index): [string, Place] => [
      `dead-${index}`,
      { server: `https://dead-${index}.example` },
    ]);
    const kubeconfig = writeKubeconfig(join(folder, 'config'), {
      ...Object.fromEntries(dead),
      last: { server: 'https://localhost:1' },
    });
    const done = await status('--kubeconfig', kubeconfig, '--all-contexts', '--request-timeout=4s', '-o', 'wide');
    assert.equal([done.code, done.stderr], [1, '']);
    assert.is(done.stdout.match(/^dead-\d+ .* no answer within 4s$/gm)?.length, 12, done.stdout);
    assert.match(done.stdout, /^last .* connection to localhost:1 refused$/m);
    assert.ok(done.seconds < GIVES_UP_S / 2, `${done.seconds} s`);
  });
}

test.run();
