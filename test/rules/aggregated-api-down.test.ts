import * as assert from 'uvu/assert';
import { object } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, installed } from './outage.ts';

const test = suite('the API behind virt-api');
const healthy = { verdict: 'healthy', causes: [], findings: [] };

const api = (condition: object) =>
  object(
    'apiregistration.k8s.io/v1',
    'APIService',
    { name: 'v1.subresources.kubevirt.io', creationTimestamp: '2026-02-01T00:00:00Z' as never },
    {
      spec: { service: { name: 'virt-api', namespace: 'kubevirt' } },
      status: { conditions: [{ type: 'Available', lastTransitionTime: '2026-03-01T02:00:00Z', ...condition }] },
    },
  );
const found = { ...healthy, findings: ['aggregated-api-down certain'] };

test('an API that went away is a finding, never a cause', async () => {
  for (const reason of ['MissingEndpoints', 'ServiceNotFound', 'FailedDiscoveryCheck'])
    assert.equal(await answer([...installed(), api({ status: 'False', reason })]), found);
});

test('an API that works, or of which nothing is known, is none', async () => {
  for (const condition of [
    { status: 'True', reason: 'Passed' },
    { status: 'Unknown' },
    { type: 'Other', status: 'False' },
  ])
    assert.equal(await answer([...installed(), api(condition)]), healthy);
});

test('one that was not reached from the start is no news; one without pods is', async () => {
  const start = '2026-02-01T00:00:05Z';
  const condition = { status: 'False', lastTransitionTime: start };
  assert.equal(await answer([...installed(), api({ ...condition, reason: 'FailedDiscoveryCheck' })]), healthy);
  assert.equal(await answer([...installed(), api({ ...condition, reason: 'MissingEndpoints' })]), found);
});

test.run();
