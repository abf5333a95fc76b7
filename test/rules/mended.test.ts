import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, failedCreate, installed, patched, without } from './outage.ts';

const test = suite('what refused pods and no longer does');
const noPods = without(installed(), 'Pod');
const ADMISSION = 'admissionregistration.k8s.io/v1';
const down = (...causes: string[]) => ({ verdict: 'down', causes, findings: [] });
const waiting = down('replicaset-backoff likely');
const forbidden = (words: string) => failedCreate(`pods "virt-operator-1-x" is forbidden: ${words}`);

const DENIED = forbidden("ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no");
const policy = (spec: object) => object(ADMISSION, 'ValidatingAdmissionPolicy', { name: 'p' }, { spec });
const binding = (spec: object) =>
  object(
    ADMISSION,
    'ValidatingAdmissionPolicyBinding',
    { name: 'b' },
    { spec: { validationActions: ['Deny'], ...spec } },
  );
const named = (operator: string) => ({
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values: ['kubevirt'] }] },
});

test('a policy or a binding that leaves the namespace out by now refuses nothing', async () => {
  const objects = patched(noPods, 'Namespace', { metadata: { labels: { 'kubernetes.io/metadata.name': 'kubevirt' } } });
  const ask = (constraints: object, resources: object) =>
    answer([...objects, policy({ matchConstraints: constraints }), binding({ matchResources: resources }), DENIED]);
  assert.equal(await ask({}, {}), down('vap-denied certain'));
  assert.equal(await ask(named('In'), named('In')), down('vap-denied certain'));
  assert.equal(await ask({}, named('NotIn')), waiting);
  assert.equal(await ask(named('NotIn'), {}), waiting);
  assert.equal(await ask({ objectSelector: { matchLabels: { team: 'x' } } }, {}), waiting);
});

const SERVICE = { namespace: 'policy', name: 'policy' };
function webhook(failurePolicy: string): TestObject {
  const rules = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }];
  const one = { name: 'check.example.com', clientConfig: { service: SERVICE }, rules, failurePolicy };
  return object(ADMISSION, 'ValidatingWebhookConfiguration', { name: 'policy' }, { webhooks: [one] });
}
const called = (words: string) =>
  failedCreate(`Internal error occurred: failed calling webhook "check.example.com": failed to call webhook: ${words}`);
const unanswered = called(
  'Post "https://policy.policy.svc:443/?timeout=10s": no endpoints available for service "policy"',
);
const sound = [
  object('v1', 'Service', SERVICE, {}),
  object(
    'discovery.k8s.io/v1',
    'EndpointSlice',
    { ...SERVICE, labels: { 'kubernetes.io/service-name': 'policy' } },
    { endpoints: [{ conditions: { ready: true } }] },
  ),
];

test('a webhook that pods may be created without, or whose Service has endpoints again, refuses nothing', async () => {
  assert.equal(await answer([...noPods, webhook('Fail'), unanswered]), down('webhook-unreachable certain'));
  assert.equal(await answer([...noPods, webhook('Ignore'), unanswered]), waiting);
  assert.equal(await answer([...noPods, webhook('Fail'), ...sound, unanswered]), waiting);
});

test('a webhook that failed in a way that no object shows may still fail', async () => {
  const refused = called('dial tcp 10.0.0.1:443: connect: connection refused');
  assert.equal(await answer([...noPods, webhook('Fail'), ...sound, refused]), down('webhook-unreachable likely'));
  assert.equal(await answer([...noPods, webhook('Ignore'), ...sound, refused]), waiting);
});

test('a level that was changed to one that the template satisfies refuses nothing', async () => {
  const words = forbidden('violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true)');
  const at = (level: string) =>
    answer([
      ...patched(noPods, 'Namespace', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': level } } }),
      words,
    ]);
  assert.equal(await at('restricted'), down('podsecurity-denied certain'));
  assert.equal(await at('baseline'), waiting);
  assert.equal(await at('privileged'), waiting);
});

test.run();
