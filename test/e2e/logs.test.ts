import * as assert from 'uvu/assert';
import { executable } from '../../build.mjs';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { runProcess } from '../helpers/process.ts';
import { openScreen } from '../helpers/screen.ts';
import { type Behaviour, startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('logs, with the executable');
let server: TestServer;

/** One line after the other, for ever. */
const chatter: Behaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  let count = 0;
  const timer = setInterval(() => {
    count += 1;
    response.write(`2026-03-01T03:00:00.${String(count).padStart(9, '0')}Z line ${count}\n`);
  }, 10);
  response.on('close', () => clearInterval(timer));
};

test.before(async () => {
  const behave = (path: string) => (path.includes('follow=true') ? chatter : undefined);
  server = await startServer(archiveOf(healthyCluster()), { protocol: 'http', behave });
});
test.after(() => server.close());

test('a reader who has seen enough ends it quietly', async () => {
  const command = `'${executable}' logs -f --server ${server.url} | head -n 3`;
  const { code, stdout, stderr } = await runProcess('/bin/sh', ['-c', command], { PATH: '/usr/bin:/bin', HOME: '/' });
  assert.equal([code, stderr], [0, '']);
  assert.is(stdout.split('\n').length, 4);
});

test('Ctrl-C ends it with 130, and what was printed stays', async () => {
  const screen = openScreen([executable, 'logs', '-f', '--server', server.url], 80);
  await screen.shows(/^\[virt-operator-1-a leads\] line 3$/m);
  screen.type('\u0003');
  assert.is(await screen.ended, 130);
  assert.match(screen.rows().join('\n'), /^\[virt-operator-1-b\] line 2$/m);
});

test.run();
