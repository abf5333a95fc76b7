import * as assert from 'uvu/assert';
import { run } from '../../../src/cli.ts';
import { archiveOf, healthyCluster, operatorPod, type TestObject } from '../../helpers/cluster.ts';
import { status } from '../../helpers/faults.ts';
import { testIo } from '../../helpers/io.ts';
import { type Behaviour, startServer, type TestServer } from '../../helpers/server.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('logs --follow', { seconds: 20 });
const open: { close(): unknown }[] = [];
test.after(() => Promise.all(open.map((one) => one.close())));

const T = '2026-03-01T03:00:0';
const podOf = (path: string) => /\/pods\/([^/]+)\/log/.exec(path)?.[1];

/** A cluster whose objects may change, and whose logs are what is written to them. */
async function cluster(logOf: (pod: string, response: Parameters<Behaviour>[1]) => unknown) {
  const archive = archiveOf(healthyCluster());
  const behave = (path: string): Behaviour | undefined => {
    const pod = podOf(path);
    if (pod && path.includes('follow=true')) {
      return (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/plain' });
        return logOf(pod, response);
      };
    }
    // Where watching is not allowed, the objects are asked for every two seconds.
    return path.includes('watch=1') ? status(403, 'may not watch') : undefined;
  };
  const server = await startServer(archive, { protocol: 'http', behave });
  open.push(server);
  return { server, objects: archive.objects as TestObject[] };
}

function call(server: TestServer, ...args: string[]) {
  const io = testIo({ LANG: 'C.UTF-8', HOME: '/nonexistent' });
  const code = run(['logs', '-f', '--server', server.url, ...args], 'kubectl virtop', io);
  const shows = async (pattern: RegExp) => {
    while (!pattern.test(io.stdout.text + io.stderr.text)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { io, code, shows };
}

test('every pod is followed, a new one joins, and one that goes is told; nobody reading ends it', async () => {
  const { server, objects } = await cluster((pod, response) => {
    response.write(`${T}1Z I am ${pod}\u001b[2J token=Hunter2-s3cr3t\n`);
    // The container of this one has ended.
    if (pod.endsWith('-b')) response.end();
  });
  const { io, code, shows } = call(server);
  await shows(/^\[virt-operator-1-a leads\] I am virt-operator-1-a\^\[\[2J token=<redacted>$/m);
  await shows(/^\[virt-operator-1-b\] I am/m);
  objects.splice(
    objects.findIndex(({ metadata }) => metadata?.name === 'virt-operator-1-b'),
    1,
  );
  objects.push(operatorPod('virt-operator-1-c', 'cp-1'));
  await shows(/^pod\/virt-operator-1-c joins$/m);
  await shows(/^\[virt-operator-1-c\] I am virt-operator-1-c/m);
  await shows(/^pod\/virt-operator-1-b is gone$/m);
  io.stdout.emit('error', Object.assign(new Error('EPIPE'), { code: 'EPIPE' }));
  assert.is(await code, 0);
  assert.is(io.stdout.text.match(/I am virt-operator-1-b/g)?.length, 1, 'no line twice');
});

test('one pod is followed until it is gone', async () => {
  const { server, objects } = await cluster((pod, response) => response.end(`${T}1Z I am ${pod}\n`));
  const { io, code, shows } = call(server, 'pod/virt-operator-1-b', '--show-commands', '--since=90s');
  await shows(/I am virt-operator-1-b/);
  objects.splice(
    objects.findIndex(({ metadata }) => metadata?.name === 'virt-operator-1-b'),
    1,
  );
  assert.is(await code, 0);
  assert.is(io.stdout.text, '[virt-operator-1-b] I am virt-operator-1-b\n');
  assert.match(
    io.stderr.text,
    '\nkubectl logs virt-operator-1-b -n kubevirt -c virt-operator -f --tail=50 --since=90s\n',
  );
});

test('where no log may be read, it ends with 5', async () => {
  const behave = (path: string) => (podOf(path) ? status(403, 'cannot get "pods/log"') : undefined);
  const server = await startServer(archiveOf(healthyCluster()), { protocol: 'http', behave });
  open.push(server);
  const { io, code } = call(server);
  assert.is(await code, 5);
  assert.match(io.stderr.text, /^error: log of pod\/virt-operator-1-a: cannot get "pods\/log"$/m);
});

test('what follows nothing is refused', async () => {
  for (const args of [['--previous'], ['--from', 'x'], ['-q']]) {
    const io = testIo();
    assert.is(await run(['logs', '--follow', ...args], 'kubectl virtop', io), 2);
    assert.match(
      io.stderr.text,
      /^error: --follow and --\w+ contradict each other: --follow prints what is logged from now on/,
    );
  }
});

test.run();
