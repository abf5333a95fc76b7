import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { parse, parseAllDocuments } from 'yaml';
import { run } from '../../src/cli.ts';
import type { CanIList } from '../../src/model/can-i.ts';
import { archiveOf, healthyCluster, object } from '../helpers/cluster.ts';
import { testIo } from '../helpers/io.ts';
import { type Behaviour, startServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('the command can-i', { seconds: 20 });
const open: { close(): Promise<void> }[] = [];
test.after(() => Promise.all(open.map((one) => one.close())));

const validate = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../docs/can-i-list.schema.json', import.meta.url), 'utf8')),
);

interface Attributes {
  verb: string;
  group: string;
  resource: string;
  subresource?: string;
  namespace?: string;
}
type May = (asked: Attributes) => boolean | null;

/** An API server that says who one is, and allows what `may` allows; null is no answer. */
function reviewing(may: May, user: string | null): Behaviour {
  return async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const status = request.url.includes('/selfsubjectreviews')
      ? whoIs(user)
      : verdictOn(may(JSON.parse(text).spec.resourceAttributes));
    response.writeHead(status === null ? 403 : 201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ kind: 'Review', status }));
  };
}

const whoIs = (username: string | null) => (username === null ? null : { userInfo: { username } });
const verdictOn = (allowed: boolean | null) => (allowed === null ? null : { allowed });

async function serve(may: May, user: string | null = 'jane', objects = healthyCluster()) {
  const behave = (path: string) => (path.includes('/selfsubject') ? reviewing(may, user) : undefined);
  const server = await startServer(archiveOf(objects), { protocol: 'http', behave });
  open.push(server);
  return server;
}

async function call(...args: string[]) {
  const io = testIo({ LANG: 'C.UTF-8', HOME: '/nonexistent' });
  const code = await run(['can-i', ...args], 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

const rowOf = (table: string, pattern: RegExp) => table.split('\n').find((row) => pattern.test(row)) ?? '';

test('a user who may do everything gets a 0 and a table of every right', async () => {
  const { url, requests } = await serve(() => true);
  const { code, stdout, stderr } = await call('--server', url);
  assert.equal([code, stderr], [0, '']);
  assert.match(stdout, /^VERB +RESOURCE +NAMESPACE +NEEDED-FOR +ALLOWED\n/);
  assert.match(rowOf(stdout, /^list +pods +kubevirt/), /pods of virt-operator.* yes$/);
  assert.match(rowOf(stdout, /^patch +deployments.apps\/scale +kubevirt/), /mitigate scale-up +yes$/);
  assert.match(rowOf(stdout, /^patch +nodes +\*/), /mitigate uncordon, mitigate remove-taint +yes$/);
  assert.match(stdout, /\njane may make every read that a verdict needs\.\n$/);
  const asked = requests.filter((one) => one.includes('selfsubjectaccessreviews')).length;
  assert.is(asked, stdout.split('\n\n')[0]?.split('\n').slice(1).length);
});

test('without a read that a verdict needs it is 5; without another it is not', async () => {
  const { url } = await serve(({ resource, verb }) => !(resource === 'leases' && verb === 'get'));
  const { code, stdout } = await call('--server', url, '-o', 'wide');
  assert.is(code, 5);
  assert.match(rowOf(stdout, /^get +leases.coordination.k8s.io +kubevirt/), /no +read +needs it$/);
  assert.match(rowOf(stdout, /^get +leases.coordination.k8s.io +kube-system/), /no +read +-$/);
  assert.match(stdout, /\njane may not make every read that a verdict needs\.\n/);
  const { url: second } = await serve(({ resource }) => resource !== 'events');
  assert.is((await call('--server', second)).code, 0);
});

test('what the server does not say is unknown, and not allowed', async () => {
  const { url } = await serve(() => null, null);
  const { code, stdout } = await call('--server', url, '-o', 'json');
  const list: CanIList = JSON.parse(stdout);
  const known: unknown = list;
  assert.ok(validate(known), JSON.stringify(validate.errors));
  assert.equal([code, list.user, list.verdictAllowed], [5, null, false]);
  assert.equal(new Set(list.items.map(({ allowed }) => allowed)), new Set(['unknown']));
  assert.equal(parse((await call('--server', url, '-o', 'yaml')).stdout), list);
});

test('the Services of webhooks are asked for where they are, or everywhere while none is known', async () => {
  const service = (namespace: string) => ({ clientConfig: { service: { namespace, name: 'policy' } } });
  const pods = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }];
  const webhooks = [{ name: 'a.example.com', rules: pods, ...service('policy-system') }];
  const configuration = object(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    { name: 'policy' },
    { webhooks: [...webhooks, { name: 'b.example.com', failurePolicy: 'Ignore', rules: pods, ...service('other') }] },
  );
  const { url } = await serve(() => true, 'jane', [...healthyCluster(), configuration]);
  // The metrics Service is the operator's own.
  const namespaces = (table: string) =>
    [...table.matchAll(/^(?:get +services|list +endpointslices\S*) +(\S+)/gm)]
      .map(([, namespace]) => namespace)
      .filter((namespace) => namespace !== 'kubevirt');
  assert.equal(namespaces((await call('--server', url)).stdout), ['policy-system', 'policy-system']);
  const { url: without } = await serve(() => true);
  assert.equal(namespaces((await call('--server', without)).stdout), ['*', '*']);
});

test('no answer is 1, saved objects are refused', async () => {
  const { code, stdout, stderr } = await call('--server', 'http://127.0.0.1:1');
  assert.equal([code, stdout], [1, '']);
  assert.match(stderr, /^error: cannot reach /);
  assert.is((await call('--from', '/nonexistent')).code, 2);
});

test('where no operator is found the usual namespace is asked about, and that is said', async () => {
  const { url } = await serve(() => true, 'jane', []);
  assert.match((await call('--server', url)).stdout, /No virt-operator was found: namespace kubevirt is assumed/);
});

interface Rbac {
  kind: string;
  metadata: { name: string; namespace?: string };
  rules?: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
  roleRef?: { kind: string; name: string };
  subjects?: Record<string, string>[];
}

async function roleOf(may: May, user: string | null, ...args: string[]): Promise<{ text: string; objects: Rbac[] }> {
  const { url } = await serve(may, user);
  const { stdout } = await call('--server', url, '--role', ...args);
  return { text: stdout, objects: parseAllDocuments(stdout).map((one) => (one as { toJS(): Rbac }).toJS()) };
}

/** What a role allows: `list pods`. */
function allowedBy({ rules = [] }: Rbac): string[] {
  return rules.flatMap(({ resources, verbs }) => verbs.flatMap((verb) => resources.map((one) => `${verb} ${one}`)));
}

test('a role holds just the reads that are missing, bound to the user, each in its namespace', async () => {
  const missing = ['pods', 'nodes', 'replicasets'];
  const { objects } = await roleOf(
    ({ resource, verb, subresource }) => !missing.includes(resource) || verb !== 'list' || !!subresource,
    'jane',
  );
  assert.equal(
    objects.map(({ kind, metadata }) => [kind, metadata.namespace]),
    [
      ['ClusterRole', undefined],
      ['ClusterRoleBinding', undefined],
      ['Role', 'kubevirt'],
      ['RoleBinding', 'kubevirt'],
    ],
  );
  const [cluster, clusterBinding, role, binding] = objects as [Rbac, Rbac, Rbac, Rbac];
  assert.equal(allowedBy(cluster), ['list nodes', 'list pods']);
  assert.equal(allowedBy(role), ['list replicasets', 'list pods'].sort().reverse());
  assert.equal(binding.roleRef, { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.metadata.name });
  assert.is(clusterBinding.roleRef?.name, cluster.metadata.name);
  assert.equal(binding.subjects, [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' }]);
});

test('writes are in it only when asked for, and other rights have another name', async () => {
  const none = () => false;
  const reads = await roleOf(none, 'jane');
  const writes = await roleOf(none, 'jane', '--writes');
  const verbs = ({ objects }: { objects: Rbac[] }) =>
    new Set(objects.flatMap(allowedBy).map((one) => one.split(' ')[0]));
  assert.equal(verbs(reads), new Set(['get', 'list', 'watch']));
  assert.equal(verbs(writes), new Set(['get', 'list', 'watch', 'create', 'patch', 'delete']));
  assert.is.not(reads.objects[0]?.metadata.name, writes.objects[0]?.metadata.name);
  const { url } = await serve(none);
  const json = JSON.parse((await call('--server', url, '--role', '-o', 'json')).stdout);
  assert.equal([json.kind, json.items], ['List', reads.objects]);
});

test('a service account is bound as one, and whom nobody knows gets a placeholder', async () => {
  const none = () => false;
  const [, binding] = (await roleOf(none, 'system:serviceaccount:ops:bot')).objects;
  assert.equal(binding?.subjects, [{ kind: 'ServiceAccount', name: 'bot', namespace: 'ops' }]);
  const unknown = await roleOf(none, null);
  assert.equal(unknown.objects[1]?.subjects?.[0]?.name, 'USER');
  assert.match(unknown.text, /^# Put the user's name in place of USER\.$/m);
  const odd = await roleOf(none, 'x\n---\nkind: Evil');
  assert.is(odd.objects[1]?.subjects?.[0]?.name, 'x\n---\nkind: Evil');
});

test('where nothing is missing there is nothing to apply', async () => {
  assert.is((await roleOf(() => true, 'jane')).text, '# Nothing is missing of what kubectl virtop may read.\n');
});

test.run();
