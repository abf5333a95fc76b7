import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, failedCreate, installed, patched, without } from './outage.ts';

const test = suite('webhook-unreachable');
const noPods = without(installed(), 'Pod');
const silent = { verdict: 'down', causes: [], findings: [] };
const certain = { verdict: 'down', causes: ['webhook-unreachable certain'], findings: [] };
const likely = { verdict: 'down', causes: ['webhook-unreachable likely'], findings: [] };
const RULES = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }];
const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/*';

function configuration(name: string, changes: object = {}, kind = 'ValidatingWebhookConfiguration'): TestObject {
  const webhook = {
    name: `${name}.example.com`,
    clientConfig: { service: { namespace: 'guard', name } },
    rules: RULES,
    ...changes,
  };
  return object('admissionregistration.k8s.io/v1', kind, { name }, { webhooks: [webhook] });
}

function service(name: string, ready: boolean | null): TestObject[] {
  const labels = { 'kubernetes.io/service-name': name };
  const endpoints = ready === null ? [] : [{ addresses: ['10.0.0.1'], conditions: { ready } }];
  return [
    object('v1', 'Service', { name, namespace: 'guard' }),
    object('discovery.k8s.io/v1', 'EndpointSlice', { name: `${name}-1`, namespace: 'guard', labels }, { endpoints }),
  ];
}

const calling = (webhook: string) =>
  failedCreate(
    `Internal error occurred: failed calling webhook "${webhook}": failed to call webhook: Post "https://policy.guard.svc:443/?timeout=10s": no endpoints available`,
  );

test('a webhook without a Service, or whose Service has no ready endpoints', async () => {
  assert.equal(await answer([...noPods, configuration('policy')]), certain);
  assert.equal(await answer([...noPods, configuration('policy', {}, 'MutatingWebhookConfiguration')]), certain);
  assert.equal(await answer([...noPods, configuration('policy'), ...service('policy', false)]), certain);
  assert.equal(await answer([...noPods, configuration('policy'), ...service('policy', null)]), certain);
  assert.equal(await answer([...noPods, configuration('policy'), ...service('policy', true)]), silent);
});

test('a Service without the port that the webhook asks for answers nobody', async () => {
  const about = (spec: object, changes: object = {}) => {
    const [one, ...rest] = service('policy', true);
    return [...noPods, configuration('policy', changes), { ...one, spec } as TestObject, ...rest];
  };
  const ports = [{ port: 443 }, { port: 8443 }];
  const on = (port: number) => ({ clientConfig: { service: { namespace: 'guard', name: 'policy', port } } });
  assert.equal(await answer(about({ ports })), silent);
  assert.equal(await answer(about({ ports }, on(8443))), silent);
  assert.equal(await answer(about({ ports }, on(9443))), certain);
  assert.equal(await answer(about({ ports: [{ port: 8443 }] })), certain);
});

test('a Service that is a name elsewhere has no endpoints, and may be sound', async () => {
  const elsewhere = object('v1', 'Service', { name: 'policy', namespace: 'guard' }, { spec: { type: 'ExternalName' } });
  assert.equal(await answer([...noPods, configuration('policy'), elsewhere]), silent);
});

test('a rule for what belongs to pods is one for pods', async () => {
  const rules = [{ ...RULES[0], resources: ['pods/*'] }];
  assert.equal(await answer([...noPods, configuration('policy', { rules })]), certain);
});

test('a webhook that is not asked about these pods, or that may fail, is no cause', async () => {
  const harmless = [
    { failurePolicy: 'Ignore' },
    { rules: [{ ...RULES[0], resources: ['deployments'] }] },
    { rules: [{ ...RULES[0], operations: ['UPDATE'] }] },
    { namespaceSelector: { matchLabels: { team: 'a' } } },
    { objectSelector: { matchExpressions: [{ key: 'kubevirt.io', operator: 'DoesNotExist' }] } },
  ];
  for (const changes of harmless) assert.equal(await answer([...noPods, configuration('policy', changes)]), silent);
});

test('whether a webhook is asked about a namespace whose labels were not read is only possible', async () => {
  const about = (changes: object) =>
    answer([...noPods, configuration('policy', changes)], ['/api/v1/namespaces/kubevirt']);
  const possible = { ...certain, causes: ['webhook-unreachable possible'] };
  assert.equal(await about({ namespaceSelector: { matchLabels: { team: 'a' } } }), possible);
  assert.equal(await about({ namespaceSelector: {} }), certain);
});

test('a webhook that the API server names is likely, whatever its Service looks like', async () => {
  const sound = [...noPods, configuration('policy'), ...service('policy', true), calling('policy.example.com')];
  assert.equal(await answer(sound), likely);
  assert.equal(await answer([...noPods, calling('policy.example.com')], [CONFIGURATIONS]), likely);
});

test('a webhook that is named, but gone by now, is no cause; another one that is broken still is', async () => {
  const waiting = { ...silent, causes: ['replicaset-backoff likely'] };
  assert.equal(await answer([...noPods, calling('gone.example.com')]), waiting);
  const { causes } = await diagnosisOf([...noPods, configuration('policy'), calling('gone.example.com')]);
  assert.equal(
    causes.map(({ object: { name }, since }) => [name, since]),
    [['policy', null]],
  );
});

test('match conditions are not evaluated: without words such a webhook is a possibility', async () => {
  const conditional = configuration('policy', { matchConditions: [{ name: 'x', expression: 'false' }] });
  assert.equal(await answer([...noPods, conditional]), { ...silent, causes: ['webhook-unreachable possible'] });
  assert.equal(await answer([...noPods, conditional, calling('policy.example.com')]), certain);
});

test('Services beyond those that are read are not called missing', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const sound = names.flatMap((name) => [configuration(name), ...service(name, true)]);
  assert.equal(await answer([...noPods, ...sound]), silent);
});

test('two broken webhooks are two causes side by side', async () => {
  const { causes } = await diagnosisOf([...noPods, configuration('b'), configuration('a')]);
  assert.equal(
    causes.map(({ object: { name } }) => name),
    ['a', 'b'],
  );
});

test('the condition still says quota, the newest event says webhook: the webhook is the cause', async () => {
  const quota = 'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2';
  const conditions = [
    { type: 'ReplicaFailure', status: 'True', message: quota, lastTransitionTime: '2026-03-01T02:30:00Z' },
  ];
  const stuck = patched(noPods, 'ReplicaSet', { status: { conditions } });
  assert.equal(await answer([...stuck, configuration('policy'), calling('policy.example.com')]), certain);
});

test.run();
