import * as assert from 'uvu/assert';
import { managerOf } from '../../../src/objects/meta/manager.ts';
import { object } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('manager');

const cases: [metadata: object, tool: string | null, where?: RegExp][] = [
  [{}, null],
  [{ ownerReferences: [{ kind: 'ReplicaSet', name: 'r', controller: true }] }, null],
  [{ ownerReferences: [{ kind: 'ClusterServiceVersion', name: 'v1' }] }, 'OLM', /Subscription/],
  [{ annotations: { 'argocd.argoproj.io/tracking-id': 'a' } }, 'Argo CD', /repository/],
  [{ labels: { 'argocd.argoproj.io/instance': 'a' } }, 'Argo CD'],
  [{ labels: { 'kustomize.toolkit.fluxcd.io/name': 'a' } }, 'Flux', /Kustomization/],
  [{ labels: { 'helm.toolkit.fluxcd.io/name': 'a' }, annotations: { 'meta.helm.sh/release-name': 'r' } }, 'Flux'],
  [{ annotations: { 'objectset.rio.cattle.io/id': 'a' } }, 'Rancher Fleet'],
  [{ annotations: { 'meta.helm.sh/release-name': 'a' } }, 'Helm', /release/],
  [{ labels: { 'app.kubernetes.io/managed-by': 'hco-operator' } }, 'HCO', /HyperConverged/],
  [{ labels: { 'app.kubernetes.io/managed-by': 'Kustomize' } }, null],
  [{ ownerReferences: [{ kind: 'Guard', name: 'g', controller: true }] }, 'Guard', /in Guard g/],
];
for (const [metadata, tool, where] of cases) {
  test(`${JSON.stringify(metadata)}: ${tool}`, () => {
    const found = managerOf(object('apps/v1', 'Deployment', { name: 'd', ...metadata }));
    assert.is(found?.tool ?? null, tool);
    if (where) assert.match(found?.where ?? '', where);
  });
}

test('no object has no manager', () => {
  assert.is(managerOf(null), null);
});

test.run();
