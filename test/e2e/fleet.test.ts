import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { executable } from '../../build.mjs';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { status } from '../helpers/faults.ts';
import { writeKubeconfig } from '../helpers/kubeconfig.ts';
import { runProcess } from '../helpers/process.ts';
import { openScreen } from '../helpers/screen.ts';
import { type Behaviour, startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('a fleet, with the executable');
const folder = mkdtempSync(join(tmpdir(), 'virtop-fleet-'));
let servers: TestServer[];
let KUBECONFIG: string;

test.before(async () => {
  const objects = healthyCluster();
  servers = await Promise.all([
    startServer(archiveOf(objects)),
    startServer(archiveOf(objects.filter(({ kind }) => kind !== 'Pod'))),
    startServer(archiveOf(objects), { behave: () => afterwards }),
  ]);
  const [good, down, slow] = servers.map(({ url, ca }) => ({ server: url, ca }));
  const script = `trap '' INT HUP TERM; echo $$ > ${folder}/plugin; sleep 600`;
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'IfAvailable',
    command: '/bin/sh',
    args: ['-c', script],
  };
  KUBECONFIG = writeKubeconfig(join(folder, 'config'), {
    good: good ?? {},
    down: down ?? {},
    slow: slow ?? {},
    refused: { server: 'https://127.0.0.1:1' },
    hangs: { ...good, user: { exec } },
  });
});
test.after(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(folder, { recursive: true });
});

/** What the slow server is asked waits for this, and is then refused. */
const released = Promise.withResolvers<void>();
const afterwards: Behaviour = async (request, response) => {
  await released.promise;
  status(500, 'too late')(request, response);
};

const words = (...args: string[]) => [executable, 'status', ...args];

test('without a terminal there is the last table only', async () => {
  const [command = '', ...args] = words('--contexts=refused,good,down');
  const { code, stdout, stderr } = await runProcess(command, args, { KUBECONFIG, HOME: folder });
  assert.equal([code, stderr], [3, '']);
  assert.match(stdout, /^CONTEXT .*\nrefused +NO-ANSWER .*\ngood +HEALTHY .*\ndown +DOWN .*\n$/);
});

test('on a terminal rows fill in as they come, and give way to the table', async () => {
  const screen = openScreen(words('--contexts=slow,good,down', '--request-timeout=30s'), 70, { KUBECONFIG });
  await screen.shows(/^slow +\.\.\. +Reading \w[\s\S]*^good +HEALTHY [\s\S]*^down +DOWN /m);
  released.resolve();
  assert.is(await screen.ended, 3);
  const rows = screen.rows();
  assert.equal(
    rows.map((row) => row.split(/ {3,}/)[1]),
    ['VERDICT', 'NO-ANSWER', 'HEALTHY', 'DOWN'],
  );
  assert.ok(rows.every((row) => row.length <= 70) && rows[3]?.endsWith('…'), rows.join('\n'));
});

test('Ctrl-C leaves what is there, ends what was started, and is 130', async () => {
  const screen = openScreen(words('--contexts=hangs,good', '--request-timeout=0'), 100, { KUBECONFIG });
  await screen.shows(/^good +HEALTHY/m);
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
  assert.match(
    screen.rows().join('\n'),
    /^hangs .*\n^good +HEALTHY.*\n\^C\nstopped before every context had answered$/m,
  );
  const plugin = Number(readFileSync(join(folder, 'plugin'), 'utf8'));
  while (isThere(plugin)) await new Promise((resolve) => setTimeout(resolve, 20));
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.run();
