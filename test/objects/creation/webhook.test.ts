import * as assert from 'uvu/assert';
import type {
  EndpointSlice,
  Namespace,
  PodTemplate,
  Service,
  WebhookConfiguration,
} from '../../../src/model/kubernetes.ts';
import { calledServices, calledWebhooks, podWebhooks } from '../../../src/objects/creation/webhook.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('webhooks');
const namespace: Namespace = {
  metadata: { name: 'kubevirt', labels: { 'kubernetes.io/metadata.name': 'kubevirt', team: 'a' } },
};
const template: PodTemplate = { metadata: { labels: { 'kubevirt.io': 'virt-operator' } } };
const RULE = { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] };

function configuration(changes: object = {}): WebhookConfiguration {
  return {
    metadata: { name: 'c' },
    webhooks: [{ name: 'w', rules: [RULE], clientConfig: { service: { namespace: 'guard', name: 's' } }, ...changes }],
  } as WebhookConfiguration;
}

const rule = (changes: object) => ({ rules: [{ ...RULE, ...changes }] });
const cases: [string, object, boolean][] = [
  ['creates of pods', {}, true],
  [
    'every operation on everything',
    rule({ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] }),
    true,
  ],
  ['everything with its subresources', rule({ resources: ['*/*'] }), true],
  ['only subresources of pods', rule({ resources: ['pods/exec'] }), false],
  ['only updates', rule({ operations: ['UPDATE', 'DELETE'] }), false],
  ['another group', rule({ apiGroups: ['apps'] }), false],
  ['another version', rule({ apiVersions: ['v1beta1'] }), false],
  ['objects of the cluster scope', rule({ scope: 'Cluster' }), false],
  ['objects of any scope', rule({ scope: '*' }), true],
  ['the second of two rules', { rules: [{ ...RULE, operations: ['DELETE'] }, RULE] }, true],
  ['no rule', { rules: null }, false],
  ['failures are ignored', { failurePolicy: 'Ignore' }, false],
  ['failures are fatal', { failurePolicy: 'Fail' }, true],
  ['this namespace', { namespaceSelector: { matchLabels: { team: 'a' } } }, true],
  ['another namespace', { namespaceSelector: { matchLabels: { team: 'b' } } }, false],
  [
    'all but this namespace',
    {
      namespaceSelector: {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kubevirt'] }],
      },
    },
    false,
  ],
  [
    'pods with a label that these have',
    { objectSelector: { matchExpressions: [{ key: 'kubevirt.io', operator: 'Exists' }] } },
    true,
  ],
  ['pods with a label that these lack', { objectSelector: { matchLabels: { inject: 'true' } } }, false],
];

for (const [name, changes, called] of cases) {
  test(`${called ? 'called' : 'not called'}: ${name}`, () => {
    assert.is(podWebhooks([configuration(changes)], namespace, template).length === 1, called);
  });
}

test('without knowing the namespace its selector is taken to match', () => {
  assert.is(
    podWebhooks([configuration({ namespaceSelector: { matchLabels: { team: 'b' } } })], undefined, template).length,
    1,
  );
});

const service: Service = { metadata: { namespace: 'guard', name: 's' } };
const slice = (endpoints: object[] | null, of = 's'): EndpointSlice =>
  ({ metadata: { namespace: 'guard', labels: { 'kubernetes.io/service-name': of } }, endpoints }) as EndpointSlice;

const faults: [string, object, Service[] | undefined, EndpointSlice[] | undefined, string | null][] = [
  ['no Service', {}, [], [], 'Service guard/s does not exist'],
  [
    'a Service of another namespace',
    {},
    [{ metadata: { namespace: 'x', name: 's' } }],
    [],
    'Service guard/s does not exist',
  ],
  ['no endpoints', {}, [service], [slice(null)], 'Service guard/s has no ready endpoints'],
  [
    'endpoints of another Service',
    {},
    [service],
    [slice([{ conditions: { ready: true } }], 't')],
    'Service guard/s has no ready endpoints',
  ],
  [
    'endpoints that are not ready',
    {},
    [service],
    [slice([{ conditions: { ready: false } }])],
    'Service guard/s has no ready endpoints',
  ],
  [
    'one that is ready',
    {},
    [service],
    [slice([{ conditions: { ready: false } }]), slice([{ conditions: { ready: true } }])],
    null,
  ],
  ['readiness unknown, which means ready', {}, [service], [slice([{}])], null],
  ['a URL instead', { clientConfig: { url: 'https://x' } }, [], [], null],
  ['Services unread', {}, undefined, [], null],
  ['endpoints unread', {}, [], undefined, null],
];

for (const [name, changes, webhookServices, webhookEndpoints, fault] of faults) {
  test(`fault: ${name}`, () => {
    const reads = { webhooks: [configuration(changes)], webhookServices, webhookEndpoints, namespace };
    assert.equal(
      calledWebhooks(reads, template).map((one) => one.fault),
      [fault],
    );
  });
}

test('the Services to look at are few, each once, and the same in whatever order they come', () => {
  const many = ['d', 'b', 'f', 'a', 'b', 'e', 'c'].map((name) =>
    configuration({ clientConfig: { service: { namespace: 'guard', name } } }),
  );
  const names = (some: WebhookConfiguration[]) =>
    calledServices(podWebhooks(some, namespace, template)).map(({ name }) => name);
  assert.equal(names(many), ['a', 'b', 'c', 'd', 'e']);
  assert.equal(names(many.toReversed()), names(many));
});

test.run();
