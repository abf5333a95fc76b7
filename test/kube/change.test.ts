import * as assert from 'uvu/assert';
import { reviewAccess } from '../../src/kube/access-review.ts';
import { changeAnswerOf } from '../../src/kube/wire/change-answer.ts';
import { openTransport, type Transport } from '../../src/kube/wire/transport.ts';
import type { ChangeRequest } from '../../src/model/change.ts';
import { archiveOf } from '../helpers/cluster.ts';
import { answer, page, reset, silence, status } from '../helpers/faults.ts';
import { type Behaviour, type ServerOptions, startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('change', { seconds: 20 });
const PATH = '/apis/apps/v1/namespaces/kubevirt/deployments/virt-operator';
const PATCH: ChangeRequest = {
  method: 'PATCH',
  path: PATH,
  contentType: 'application/merge-patch+json',
  body: { spec: { replicas: 2 } },
};
const open: { close(): unknown }[] = [];

test.after.each(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Seen {
  body: string;
  type: string;
}

/** A server that keeps what is sent to it, and answers with `behave`. */
async function serve(behave: Behaviour, options: ServerOptions = {}) {
  const seen: Seen[] = [];
  const keep: Behaviour = (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      seen.push({ body, type: String(request.headers['content-type']) });
      behave(request, response);
    });
  };
  const server = await startServer(archiveOf([]), { ...options, behave: () => keep });
  open.push(server);
  return { server, seen };
}

function connect(server: TestServer, totalMs = 15_000): Transport {
  const tls = { ca: server.ca, verify: true, servername: null, certificate: null, key: null };
  const transport = openTransport({ server: new URL(server.url), proxy: null, tls }, {}, { totalMs });
  open.unshift(transport);
  return transport;
}

for (const protocol of ['h2', 'http/1.1'] as const) {
  test(`${protocol}: a change goes out once, with its body, type and field manager`, async () => {
    const { server, seen } = await serve(answer(200, '{"kind":"Deployment"}'), { protocol });
    const { send } = connect(server);
    assert.equal(await send(PATCH, { dryRun: false }), { status: 'done', body: { kind: 'Deployment' } });
    await send(PATCH, { dryRun: true });
    const query = 'fieldManager=kubectl-virtop&fieldValidation=Strict';
    assert.match(server.requests[0] ?? '', new RegExp(`PATCH ${PATH}\\?${query}$`));
    assert.match(server.requests[1] ?? '', new RegExp(`PATCH ${PATH}\\?${query}&dryRun=All$`));
    assert.equal(seen[0], { body: '{"spec":{"replicas":2}}', type: 'application/merge-patch+json' });
  });

  test(`${protocol}: a change whose answer is lost is not sent again, and may have been made`, async () => {
    const { server, seen } = await serve(reset, { protocol });
    const { status: outcome, ...rest } = await connect(server).send(PATCH, { dryRun: false });
    assert.is(outcome, 'failed');
    assert.is('sent' in rest && rest.sent, true);
    assert.is(seen.length, 1);
  });
}

for (const protocol of ['h2', 'http/1.1'] as const) {
  test(`${protocol}: the trial of a deletion says so in its body, where the server looks`, async () => {
    const { server, seen } = await serve(answer(200, '{"kind":"Pod"}'), { protocol });
    const remove: ChangeRequest = {
      method: 'DELETE',
      path: '/api/v1/namespaces/kubevirt/pods/a',
      contentType: 'application/json',
      body: { kind: 'DeleteOptions', preconditions: { uid: 'u' } },
    };
    const { send } = connect(server);
    await send(remove, { dryRun: true });
    await send(remove, { dryRun: false });
    assert.match(server.requests[0] ?? '', /DELETE \S+\/pods\/a\?dryRun=All$/);
    assert.match(server.requests[1] ?? '', /DELETE \S+\/pods\/a$/);
    const bodies = seen.map(({ body }) => JSON.parse(body));
    assert.equal(bodies, [
      { kind: 'DeleteOptions', preconditions: { uid: 'u' }, dryRun: ['All'] },
      { kind: 'DeleteOptions', preconditions: { uid: 'u' } },
    ]);
  });
}

test('without a connection nothing was sent; without an answer it may have been', async () => {
  const { server } = await serve(silence);
  const silent = await connect(server, 200).send(PATCH, { dryRun: false });
  assert.equal(silent, { status: 'failed', reason: 'timeout', message: 'no answer within 0.2s', sent: true });
  await server.close();
  const refused = await connect(server).send(PATCH, { dryRun: false });
  assert.is('sent' in refused && refused.sent, false);
  assert.is('reason' in refused && refused.reason, 'api-unreachable');
});

const words: [code: number, message: string, outcome: string][] = [
  [409, 'Operation cannot be fulfilled on deployments.apps "a": the object has been modified', 'conflict'],
  [409, 'serviceaccounts "a" already exists', 'conflict'],
  [422, 'the server rejected our request due to an error in our request', 'conflict'],
  [422, 'Deployment.apps "a" is invalid: spec.replicas: Invalid value', 'invalid'],
  [403, 'deployments.apps "a" is forbidden: User "bob" cannot patch resource "deployments"', 'forbidden'],
  [403, 'admission webhook "policy.example.com" denied the request: no changes at night', 'denied'],
  [403, 'pods "a" is forbidden: exceeded quota: q', 'denied'],
  [400, 'admission webhook "policy.example.com" denied the request: no', 'denied'],
  [400, 'admission webhook "w" does not support dry run', 'noDryRun'],
  [500, 'Internal error occurred: failed calling webhook "w": no endpoints available', 'denied'],
  [500, 'etcdserver: request timed out', 'failed'],
  [429, 'too many requests', 'failed'],
  [404, 'pods "a" not found', 'absent'],
];

for (const [code, message, outcome] of words) {
  test(`${code} "${message}" is ${outcome}`, async () => {
    const { server } = await serve(status(code, message));
    const got = await connect(server).send(PATCH, { dryRun: false });
    assert.is(got.status, outcome);
    assert.is('message' in got && got.message, message);
    if (got.status === 'failed') assert.is(got.sent, code >= 500);
  });
}

test('a web page and a redirect are no answers', async () => {
  const { server } = await serve(page(200));
  const got = await connect(server).send(PATCH, { dryRun: false });
  assert.is('reason' in got && got.reason, 'not-kubernetes');
  assert.is(changeAnswerOf({ status: 302, headers: {}, body: '' }).status, 'failed');
});

test('a right is asked for with group, subresource, namespace and name', async () => {
  const allowed = answer(201, '{"kind":"SelfSubjectAccessReview","status":{"allowed":true}}');
  const { server, seen } = await serve(allowed);
  const right = { verb: 'patch', group: 'apps', resource: 'deployments/scale', namespace: 'kubevirt', name: 'a' };
  assert.is(await reviewAccess(connect(server).send)(right), 'yes');
  assert.equal(JSON.parse(seen[0]?.body ?? '').spec.resourceAttributes, {
    verb: 'patch',
    group: 'apps',
    resource: 'deployments',
    subresource: 'scale',
    namespace: 'kubevirt',
    name: 'a',
  });
});

test('a right that is denied is no; one that nobody answers for is unknown', async () => {
  const right = { verb: 'patch', group: '', resource: 'nodes', namespace: null, name: null };
  const answers: [Behaviour, string][] = [
    [answer(201, '{"status":{"allowed":false}}'), 'no'],
    [answer(201, '{"status":{}}'), 'unknown'],
    [status(403, 'forbidden'), 'unknown'],
  ];
  for (const [behave, expected] of answers) {
    const { server } = await serve(behave);
    assert.is(await reviewAccess(connect(server).send)(right), expected);
  }
});

test.run();
