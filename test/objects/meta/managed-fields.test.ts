import * as assert from 'uvu/assert';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { lastWriter, writerEvidence } from '../../../src/objects/meta/managed-fields.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('managed fields');
const REPLICAS = { 'f:spec': { 'f:replicas': {} } };

function object(...managedFields: object[]): KubernetesObject {
  return { metadata: { name: 'virt-operator', managedFields } };
}

const create = { manager: 'kubectl-create', time: '2026-02-01T00:00:00Z', fieldsV1: REPLICAS };
const scale = { manager: 'kubectl', subresource: 'scale', time: '2026-03-01T02:00:00Z', fieldsV1: REPLICAS };
const status = {
  manager: 'kube-controller-manager',
  subresource: 'status',
  time: '2026-03-01T02:30:00Z',
  fieldsV1: { 'f:status': { 'f:replicas': {} } },
};

test('the last writer of the field counts, not the last writer of the object', () => {
  const expected = { manager: 'kubectl', subresource: 'scale', time: '2026-03-01T02:00:00Z' };
  assert.equal(lastWriter(object(create, scale, status), ['spec', 'replicas']), expected);
  assert.equal(lastWriter(object(status, scale, create), ['spec', 'replicas']), expected);
});

test('nobody is named where nobody is known', () => {
  assert.is(lastWriter(object(status), ['spec', 'replicas']), null);
  assert.is(lastWriter({}, ['spec', 'replicas']), null);
  assert.is(lastWriter(object({ manager: 'x' }, { fieldsV1: 'odd' }), ['spec', 'paused']), null);
});

test('an entry without name or time is still a writer', () => {
  assert.equal(lastWriter(object({ fieldsV1: REPLICAS }), ['spec', 'replicas']), {
    manager: 'unknown',
    subresource: null,
    time: null,
  });
});

test('it reads as one phrase', () => {
  const [scaled, unknown] = [object(scale), object({ manager: 'helm', fieldsV1: REPLICAS })].map((one) =>
    writerEvidence(one, lastWriter(one, ['spec', 'replicas'])),
  );
  assert.equal(scaled, [
    { text: 'last written by kubectl (scale) at 2026-03-01T02:00:00Z', source: 'virt-operator metadata.managedFields' },
  ]);
  assert.is(unknown?.[0]?.text, 'last written by helm');
  assert.match(writerEvidence({}, null)[0]?.text ?? '', /only the API server's audit log says who/);
});

test.run();
