import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { inNetwork, networkObstacle, openNetwork } from './network.ts';
import { isRunning } from './processes.ts';

const test = suite('test cluster network');
const obstacle = networkObstacle();

/** Opens a network, runs something in it, prints the network's first process, and stays. */
const HOLDER = `
  import { spawn } from 'node:child_process';
  import { inNetwork, openNetwork } from '${join(import.meta.dirname, 'network.ts')}';
  const { pid } = await openNetwork();
  spawn(...inNetwork(pid, 'sleep', ['1000']), { detached: true, stdio: 'ignore' });
  console.log(pid);
  setInterval(() => undefined, 1000);
`;

async function endsWith(signal: NodeJS.Signals): Promise<void> {
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', HOLDER]);
  const [first] = await once(holder.stdout, 'data');
  const network = Number(String(first));
  assert.ok(isRunning(network));
  holder.kill(signal);
  await once(holder, 'exit');
  while (isRunning(network)) await pause(20);
}

if (obstacle !== null) {
  test.skip('a network of its own', obstacle);
} else {
  test('it has only the loopback device, on which pods and services are local', async () => {
    const { pid, close } = await openNetwork();
    const ask = (...args: string[]) => spawnSync(...inNetwork(pid, 'ip', args), { encoding: 'utf8' }).stdout.trim();
    assert.match(ask('-brief', 'link'), /^lo\s[^\n]*$/);
    assert.match(ask('route', 'get', '10.0.3.4'), /^local 10\.0\.3\.4 dev lo/);
    assert.match(ask('route', 'get', '10.96.0.1'), /^local 10\.96\.0\.1 dev lo/);
    await close();
    assert.not.ok(isRunning(pid));
  });

  test('what runs in it ends with the process that opened it, killed', () => endsWith('SIGKILL'));
  test('what runs in it ends with the process that opened it, interrupted', () => endsWith('SIGINT'));
}

test.run();
