import * as assert from 'uvu/assert';
import { kubevirtVersion, reinstallCommand, tracesOf } from '../../../src/objects/operator/installation.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('installation');
const anywhere = { namespace: null, foundBy: null };
const asked = { namespace: 'kubevirt', foundBy: 'flag' as const };
const crd = { metadata: { name: 'kubevirts.kubevirt.io' } };
const webhook = (namespace: string) => ({
  metadata: { name: 'virt-operator-validator' },
  webhooks: [{ clientConfig: { service: { namespace } } }],
});

const cases: [string, Parameters<typeof tracesOf>[0], number][] = [
  ['nothing', { target: anywhere }, 0],
  ['what is known to be absent', { target: anywhere, kubevirtCrd: null, kubevirts: [], operatorWebhook: null }, 0],
  ['the definition of KubeVirt', { target: anywhere, kubevirtCrd: crd }, 1],
  ['that definition, when one namespace was asked for', { target: asked, kubevirtCrd: crd }, 0],
  ['the PriorityClass', { target: anywhere, priorityClass: { metadata: { name: 'kubevirt-cluster-critical' } } }, 1],
  ['that class, when one namespace was asked for', { target: asked, priorityClass: crd }, 0],
  ['a KubeVirt', { target: asked, kubevirts: [{ metadata: { namespace: 'kubevirt', name: 'kv' } }] }, 1],
  ['the webhook', { target: anywhere, operatorWebhook: webhook('x') }, 1],
  ['the webhook of this namespace', { target: asked, operatorWebhook: webhook('kubevirt') }, 1],
  ['the webhook of another namespace', { target: asked, operatorWebhook: webhook('x') }, 0],
  [
    'ServiceAccount and Lease',
    { target: asked, serviceAccount: { metadata: { name: 'a' } }, operatorLease: { metadata: { name: 'l' } } },
    2,
  ],
];

for (const [name, seen, count] of cases) test(`traces: ${name}`, () => assert.is(tracesOf(seen).length, count));

const deployment = (container: object) => ({ spec: { template: { spec: { containers: [container] } } } });
const kubevirts = [{ status: { operatorVersion: 'v1.6.0', observedKubeVirtVersion: 'v1.5.0' } }];
const image = (text: string) => deployment({ image: text });
const versions: [string, Parameters<typeof kubevirtVersion>[0], string | null][] = [
  [
    'the environment first',
    { deployment: deployment({ image: 'x:v1.8.0', env: [{ name: 'KUBEVIRT_VERSION', value: 'v1.9.0' }] }), kubevirts },
    'v1.9.0',
  ],
  ['then the tag', { deployment: image('quay.io/kubevirt/virt-operator:v1.8.0'), kubevirts }, 'v1.8.0'],
  [
    'a tag behind a port and before a digest',
    { deployment: image('registry:5000/kubevirt/virt-operator:v1.8.4-rc.1@sha256:00') },
    'v1.8.4-rc.1',
  ],
  [
    'a digest is no version, what the operator wrote is',
    { deployment: image('quay.io/kubevirt/virt-operator@sha256:00'), kubevirts },
    'v1.6.0',
  ],
  ['the observed version', { kubevirts: [{ status: { observedKubeVirtVersion: 'v1.5.0' } }] }, 'v1.5.0'],
  [
    'the annotation of the webhook',
    { operatorWebhook: { metadata: { annotations: { 'kubevirt.io/install-strategy-version': 'v1.4.0' } } } },
    'v1.4.0',
  ],
  ['nothing', {}, null],
  ['odd objects', { deployment: deployment({ image: null, env: null }), kubevirts: [{ status: null }] }, null],
];

for (const [name, seen, version] of versions) test(`version: ${name}`, () => assert.is(kubevirtVersion(seen), version));

test('the operator comes back in the version that was there', () => {
  assert.match(reinstallCommand('v1.7.0'), '/download/v1.7.0/kubevirt-operator.yaml');
  assert.match(reinstallCommand(null), '/download/VERSION/');
});

test.run();
