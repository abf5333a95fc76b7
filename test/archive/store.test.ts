import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { askArchive, openArchive } from '../../src/archive/store.ts';
import { UserError } from '../../src/model/errors.ts';
import type { ApiRequest } from '../../src/model/request.ts';
import { archiveOf, healthyCluster, node, object } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('archive');
const PODS = '/api/v1/namespaces/kubevirt/pods';
const NODES = '/api/v1/nodes';
let folder = '';

test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
});
test.after.each(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function bodyOf(archive: ReturnType<typeof archiveOf>, request: ApiRequest): Promise<Record<string, unknown>> {
  const answer = await askArchive(archive)(request);
  assert.is(answer.status, 'read');
  return (answer as { body: Record<string, unknown> }).body;
}

function names(body: Record<string, unknown>): unknown[] {
  return (body.items as { metadata: { name: string } }[]).map((item) => item.metadata.name);
}

function listMetadata(body: Record<string, unknown>): Record<string, unknown> {
  return body.metadata as Record<string, unknown>;
}

test('objects and lists answer by path, namespace and selector', async () => {
  const archive = archiveOf([...healthyCluster(), object('v1', 'Pod', { name: 'stranger', namespace: 'default' })]);
  assert.equal(names(await bodyOf(archive, { path: PODS })), ['virt-operator-1-a', 'virt-operator-1-b']);
  assert.is(names(await bodyOf(archive, { path: '/api/v1/pods' })).length, 3);
  const query = { fieldSelector: 'spec.nodeName=cp-0' };
  assert.equal(names(await bodyOf(archive, { path: '/api/v1/pods', query })), ['virt-operator-1-a']);
  assert.equal((await bodyOf(archive, { path: `${NODES}/cp-0` })).kind, 'Node');
  assert.equal(await bodyOf(archive, { path: '/version' }), { major: '1', minor: '36', gitVersion: 'v1.36.3' });
});

test('what is not there is absent; a list of a known kind is empty', async () => {
  const ask = askArchive(archiveOf(healthyCluster()));
  const status = async (path: string) => (await ask({ path })).status;
  assert.is(await status(`${NODES}/gone`), 'absent');
  assert.is(await status('/api/v1/limitranges'), 'read');
  assert.is(await status('/apis/kubevirt.io/v1/virtualmachineinstances'), 'read');
  assert.is(await status('/apis/monitoring.coreos.com/v1/prometheusrules'), 'absent');
  assert.is((await askArchive(archiveOf([]))({ path: '/apis/kubevirt.io/v1/kubevirts' })).status, 'absent');
});

test('a limit cuts a list short and says how much is left, without selectors only', async () => {
  const archive = archiveOf(healthyCluster(), { counts: { '/apis/kubevirt.io/v1/virtualmachineinstances': 41 } });
  const nodes = await bodyOf(archive, { path: NODES, query: { limit: '2' } });
  const { continue: token, remainingItemCount } = listMetadata(nodes);
  assert.equal([names(nodes), remainingItemCount], [['cp-0', 'cp-1'], 1]);
  const rest = await bodyOf(archive, { path: NODES, query: { limit: '2', continue: `${token}` } });
  assert.equal([names(rest), rest.metadata], [['worker-0'], {}]);
  const query = { limit: '1', labelSelector: 'kubernetes.io/os=linux' };
  assert.equal(Object.keys(listMetadata(await bodyOf(archive, { path: NODES, query }))), ['continue']);
  const vmis = await bodyOf(archive, { path: '/apis/kubevirt.io/v1/virtualmachineinstances', query: { limit: '1' } });
  assert.is(listMetadata(vmis).remainingItemCount, 41);
});

test('nodes come as a Table, and anything as metadata only', async () => {
  const cordoned = { ...node('cp-2', { 'node-role.kubernetes.io/master': '' }), spec: { unschedulable: true } };
  const archive = archiveOf([...healthyCluster(), cordoned]);
  const table = await bodyOf(archive, { path: NODES, form: 'table' });
  const cells = (table.rows as { cells: unknown[] }[]).map((row) => row.cells);
  assert.equal(cells[0], ['cp-0', 'Ready', 'control-plane']);
  assert.equal(cells.slice(2), [
    ['cp-2', 'Ready,SchedulingDisabled', 'master'],
    ['worker-0', 'Ready', '<none>'],
  ]);
  const node0 = await bodyOf(archive, { path: `${NODES}/cp-0`, form: 'metadata' });
  assert.equal([node0.kind, 'status' in node0], ['PartialObjectMetadata', false]);
});

test('refused paths are refused; a path that ends in * covers all below', async () => {
  const message = 'nodes is forbidden';
  const ask = askArchive(
    archiveOf(healthyCluster(), {
      refused: [
        { path: NODES, status: 403, message },
        { path: '/apis/*', status: 503, message: 'not ready' },
      ],
    }),
  );
  assert.equal({ ...(await ask({ path: NODES })), date: '' }, { status: 'forbidden', message, date: '' });
  assert.is((await ask({ path: `${NODES}/cp-0` })).status, 'read');
  const { status, reason } = (await ask({ path: '/apis/apps/v1/deployments' })) as { status: string; reason: string };
  assert.equal([status, reason], ['failed', 'api-degraded']);
});

test('a cluster.yaml is opened by its folder too', async () => {
  const about = 'origin: written\nkubernetes: v1.36.3\nreadAt: "2026-03-01T03:00:00Z"\n';
  write('cluster.yaml', `${about}objects:\n- {apiVersion: v1, kind: Node, metadata: {name: n1}}\n`);
  write('report.json', '{"kind": "OperatorReport"}');
  const archive = openArchive(folder);
  assert.is(archive.about.kubernetes, 'v1.36.3');
  assert.equal(await archive.ask({ path: `${NODES}/n1` }), {
    status: 'read',
    body: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } },
    date: '2026-03-01T03:00:00Z',
  });
});

test('output of kubectl get answers for the kinds it holds, and at the time it speaks of', async () => {
  const items = `[{metadata: {name: p1, namespace: a, creationTimestamp: "2026-03-01T02:00:00Z"}}]`;
  write(
    'pods.yaml',
    `apiVersion: v1\nkind: PodList\nitems: ${items}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n`,
  );
  write(
    'list.json',
    '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"}}]}',
  );
  const { ask, about } = openArchive(folder);
  assert.equal([about.origin, about.readAt], [null, '2026-03-01T02:00:00.000Z']);
  assert.is((await ask({ path: '/api/v1/namespaces/a/pods/p1' })).status, 'read');
  assert.is((await ask({ path: `${NODES}/n1` })).status, 'read');
  for (const path of ['/apis/apps/v1/deployments', '/api/v1/namespaces/b/pods', '/version']) {
    const { status, reason } = (await ask({ path })) as { status: string; reason: string };
    assert.equal([status, reason], ['failed', 'not-recorded'], path);
  }
});

test('what cannot be opened is an error that names the file and the line', () => {
  const messageOf = (path: string) => {
    try {
      openArchive(path);
    } catch (error) {
      assert.instance(error, UserError);
      return (error as UserError).message.replaceAll(folder, 'FOLDER');
    }
    return 'opened';
  };
  assert.is(messageOf(join(folder, 'none')), 'FOLDER/none does not exist');
  assert.match(
    messageOf(write('bad.yaml', 'kind: Pod\n  metadata: {')),
    /^FOLDER\/bad\.yaml is not valid YAML: line 1, /,
  );
  assert.match(messageOf(write('empty.yaml', '')), /^FOLDER\/empty\.yaml holds no Kubernetes objects; /);
});

test.run();
