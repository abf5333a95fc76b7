import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { run } from '../../src/cli.ts';
import { archiveOf, healthyCluster, type TestObject } from '../helpers/cluster.ts';
import { testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('logs');
const folder = mkdtempSync(join(tmpdir(), 'virtop-logs-'));
test.after(() => rmSync(folder, { recursive: true }));

const urlOf = (pod: string, query: string) => `/api/v1/namespaces/kubevirt/pods/virt-operator-1-${pod}/log?${query}`;
const LOGS = {
  [urlOf('a', 'container=virt-operator')]: ['one', 'password=Hunter2-s3cr3t', '\u001b[2Jtwo'],
  [urlOf('b', 'container=virt-operator')]: ['three'],
  [urlOf('a', 'container=virt-operator&previous=true')]: ['before'],
  [urlOf('a', 'container=istio-proxy')]: ['mesh'],
};

async function call(args: string, objects: TestObject[] = healthyCluster(), about: object = {}) {
  const path = join(folder, 'cluster.yaml');
  writeFileSync(path, stringify({ ...archiveOf(objects, { logs: LOGS, ...about }).about, objects }));
  const io = testIo();
  const code = await run(['logs', ...args.split(' ').filter(Boolean), '--from', path], 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

const B_LEADS = healthyCluster().map((one) =>
  one.metadata?.name === 'virt-operator' && one.kind === 'Lease'
    ? { ...one, spec: { ...(one.spec as object), holderIdentity: 'virt-operator-1-b' } }
    : one,
);

test('every pod is printed, the leader first, without secrets or what a terminal obeys', async () => {
  const { code, stdout, stderr } = await call('', B_LEADS);
  assert.equal([code, stderr], [0, '']);
  const [first, , secret, escaped] = stdout.split('\n');
  assert.is(first, '[virt-operator-1-b leads] three');
  assert.is(secret, '[virt-operator-1-a] password=<redacted>');
  assert.match(escaped ?? '', /^\[virt-operator-1-a\] .*2Jtwo$/);
  assert.not.match(stdout, '\u001b');
});

test('one pod, its last run, its last lines, another container', async () => {
  const cases: [args: string, stdout: string][] = [
    ['virt-operator-1-b', '[virt-operator-1-b] three\n'],
    ['pod/virt-operator-1-b', '[virt-operator-1-b] three\n'],
    ['pod virt-operator-1-b', '[virt-operator-1-b] three\n'],
    ['virt-operator-1-a -p', '[virt-operator-1-a leads] before\n'],
    ['virt-operator-1-a --previous --tail -1', '[virt-operator-1-a leads] before\n'],
    ['virt-operator-1-a -c istio-proxy', '[virt-operator-1-a leads] mesh\n'],
    ['virt-operator-1-a --tail 0', ''],
    ['virt-operator-1-b -q', ''],
  ];
  for (const [args, stdout] of cases) assert.equal(await call(args), { code: 0, stdout, stderr: '' }, args);
  assert.match((await call('virt-operator-1-a --tail=1')).stdout, /^\[virt-operator-1-a leads\] .*two\n$/);
});

test('a log that could not be read is told, and the others are printed', async () => {
  const path = '/api/v1/namespaces/kubevirt/pods/virt-operator-1-a/log';
  const refused = [{ path, status: 403, message: 'pods "virt-operator-1-a" is forbidden: cannot get "pods/log"' }];
  assert.equal(await call('', healthyCluster(), { refused }), {
    code: 5,
    stdout: '[virt-operator-1-b] three\n',
    stderr: 'error: log of pod/virt-operator-1-a: pods "virt-operator-1-a" is forbidden: cannot get "pods/log"\n',
  });
  const { code, stderr } = await call('--previous');
  assert.equal([code, stderr], [5, 'error: log of pod/virt-operator-1-b: not found\n']);
});

test('where there is no pod, it says what to do', async () => {
  const noPods = healthyCluster().filter(({ kind }) => kind !== 'Pod');
  assert.equal(await call('', noPods), {
    code: 1,
    stdout: '',
    stderr: 'error: there is no pod of virt-operator in namespace kubevirt; kubectl virtop status says why\n',
  });
  assert.equal(await call('other'), {
    code: 2,
    stdout: '',
    stderr:
      'error: virt-operator has no pod other in namespace kubevirt; it has virt-operator-1-a, virt-operator-1-b\n',
  });
  const refused = [{ path: '/api/v1/namespaces/kubevirt/pods', status: 403, message: 'no' }];
  const { code, stderr } = await call('', healthyCluster(), { refused });
  assert.equal([code, stderr], [1, 'error: the pods of virt-operator could not be listed: no\n']);
});

test('the same with kubectl', async () => {
  const { stderr } = await call('virt-operator-1-a -p --since 90m --show-commands');
  assert.match(
    stderr,
    /\nkubectl logs virt-operator-1-a -n kubevirt -c virt-operator --previous --tail=50 --limit-bytes=1048575 --since=5400s\n/,
  );
});

test.run();
