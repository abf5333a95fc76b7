import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { diagnosisOf, installed, patched } from './outage.ts';

const test = suite('a manifest whose Deployment was refused');

const wrote = (time: string, manager = 'kubectl-client-side-apply', subresource = '') => ({
  managedFields: [{ manager, time, operation: 'Update', ...(subresource && { subresource }) }],
});
const LONG_AGO = '2026-01-01T00:00:00Z';
const TODAY = '2026-03-01T01:00:00Z';

/** A cluster where the two were written then; `crd` and `deployment` are further changes of them. */
function applied(times: { crd: object; deployment: object }, crd: object = {}, deployment: object = {}) {
  const first = patched(installed(), 'CustomResourceDefinition', { metadata: { ...times.crd, ...crd } });
  return patched(first, 'Deployment', { ...deployment, metadata: times.deployment });
}
const half = { crd: wrote(TODAY), deployment: wrote(LONG_AGO) };
const newer = { labels: { 'app.kubernetes.io/version': 'v1.8.0' } };
const select = (matchLabels: object) => ({ spec: { selector: { matchLabels } } });

async function confidence(objects: Parameters<typeof diagnosisOf>[0]) {
  const { causes, findings } = await diagnosisOf(objects);
  assert.not(causes.some(({ code }) => code === 'selector-immutable'));
  return findings.find(({ code }) => code === 'selector-immutable')?.confidence ?? null;
}

test('a newer CustomResourceDefinition beside an older Deployment is a trace', async () => {
  assert.is(await confidence(applied(half, newer)), 'likely');
  assert.is(await confidence(applied(half, {}, select({ app: 'virt-operator' }))), 'likely');
  assert.is(await confidence(applied(half, { labels: { team: 'virtualization' } })), 'possible');
});

test('no trace is left where nothing points to the selector', async () => {
  assert.is(await confidence(applied(half)), null);
  assert.is(await confidence(applied(half, {}, select({ 'kubevirt.io': 'virt-operator' }))), null);
  assert.is(await confidence(applied(half, { labels: { 'operator.kubevirt.io': '' } })), null);
  assert.is(await confidence(applied(half, { labels: { 'app.kubernetes.io/version': 'v1.7.0' } })), null);
  const labelled = { crd: wrote(TODAY, 'kubectl-label'), deployment: wrote(LONG_AGO) };
  assert.is(await confidence(applied(labelled, { labels: { team: 'virtualization' } })), null);
});

test('one run, one that still goes on, and programs of the cluster are no trace', async () => {
  const same = { crd: wrote('2026-03-01T01:00:30Z'), deployment: wrote(TODAY) };
  assert.is(await confidence(applied(same, newer)), null);
  assert.is(await confidence(applied({ ...half, crd: wrote('2026-03-01T02:59:30Z') }, newer)), null);
  assert.is(await confidence(applied({ ...half, crd: wrote(TODAY, 'kube-apiserver', 'status') }, newer)), null);
  assert.is(await confidence(applied({ crd: wrote(TODAY), deployment: {} }, newer)), null);
});

test('OLM applies in its own order', async () => {
  const ownerReferences = [{ kind: 'ClusterServiceVersion', name: 'kubevirt.v1', uid: 'c', apiVersion: 'x' }];
  const olm = { ...half, deployment: { ...half.deployment, ownerReferences } };
  assert.is(await confidence(applied(olm, newer)), null);
});

test.run();
