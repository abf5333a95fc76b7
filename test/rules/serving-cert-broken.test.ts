import * as assert from 'uvu/assert';
import { caBundle, FORMER, NEXT, PRESENT } from '../helpers/authority.ts';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { codesOf, diagnosisOf, installed, patched } from './outage.ts';

const test = suite('certificates that are not trusted');

const service = { name: 'virt-api', namespace: 'kubevirt' };
const authority = (bundle: string) =>
  object('v1', 'ConfigMap', { name: 'kubevirt-ca', namespace: 'kubevirt' }, { data: { 'ca-bundle': bundle } });
const webhook = (bundle: string | null, name = 'virt-operator-validator') =>
  object(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    { name },
    { webhooks: [{ name: 'x', clientConfig: { service, caBundle: bundle } }] },
  );
const api = (caBundle: string | null, more: object = {}) =>
  object(
    'apiregistration.k8s.io/v1',
    'APIService',
    { name: 'v1.subresources.kubevirt.io' },
    { spec: { service, caBundle, ...more } },
  );
const led = (renewTime: string, objects: TestObject[]) =>
  patched(objects, 'Lease/virt-operator', { spec: { renewTime } });

async function seen(...objects: TestObject[]) {
  const { causes, findings } = await diagnosisOf(objects);
  assert.not(causes.some(({ code }) => code === 'serving-cert-broken'));
  const broken = findings.filter(({ code }) => code === 'serving-cert-broken');
  return broken.map(({ object, confidence, evidence }) => [object.kind, confidence, evidence.length]);
}

test('bundles that hold the present authority are fine, beside former ones and in any order', async () => {
  const fine = [authority(PRESENT + FORMER), webhook(caBundle(FORMER, PRESENT)), api(caBundle(PRESENT))];
  assert.equal(await seen(...installed(), ...fine), []);
});

test('a bundle without the present authority is told, each holder once', async () => {
  const old = [authority(PRESENT), webhook(caBundle(FORMER)), api(caBundle(NEXT))];
  assert.equal(await seen(...installed(), ...old), [['ValidatingWebhookConfiguration', 'certain', 2]]);
  assert.equal(await seen(...installed(), authority(PRESENT), api(null)), [['APIService', 'certain', 1]]);
});

test('what cannot be read, or needs no authority, is no complaint', async () => {
  for (const bundle of ['<redacted>', 'Z2FyYmFnZQ=='])
    assert.equal(await seen(...installed(), authority(PRESENT), webhook(bundle), api(bundle)), []);
  assert.equal(await seen(...installed(), authority(PRESENT), api(null, { insecureSkipTLSVerify: true })), []);
  assert.equal(await seen(...installed(), authority(PRESENT), api(null, { service: null })), []);
  assert.equal(await seen(...installed(), authority('garbage'), webhook(null)), []);
  assert.equal(await seen(...installed(), webhook(caBundle(FORMER))), []);
});

test('an authority that has expired is the only thing to tell', async () => {
  const expired = [authority(FORMER), webhook(caBundle(NEXT))];
  assert.equal(await seen(...installed(), ...expired), [['ConfigMap', 'certain', 1]]);
});

test('certificates have expired for sure a day after an operator last led, not before', async () => {
  const objects = [...installed(), authority(PRESENT)];
  assert.equal(await seen(...led('2026-02-28T03:00:00Z', objects)), [['ConfigMap', 'likely', 2]]);
  assert.equal(await seen(...led('2026-02-28T03:01:00Z', objects)), []);
});

test('a leader that has not renewed its authority in time is told', async () => {
  const long = {
    spec: { certificateRotateStrategy: { selfSigned: { ca: { duration: '168h', renewBefore: '144h' } } } },
  };
  const objects = [...installed(), authority(PRESENT)];
  assert.equal(await seen(...patched(objects, 'KubeVirt', long)), [['ConfigMap', 'likely', 1]]);
  assert.equal(await seen(...objects), []);
  assert.equal(await seen(...led('2026-03-01T02:00:00Z', patched(objects, 'KubeVirt', long))), []);
});

test('without a ConfigMap nothing is known', async () => {
  assert.not((await codesOf([...installed(), webhook(null), api(null)])).includes('serving-cert-broken'));
});

test.run();
