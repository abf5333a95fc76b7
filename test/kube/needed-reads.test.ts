import * as assert from 'uvu/assert';
import { askArchive, openArchive } from '../../src/archive/store.ts';
import { neededReads } from '../../src/kube/needed-reads.ts';
import { gather } from '../../src/kube/read/gather.ts';
import { neededWrites } from '../../src/mitigation/needed-writes.ts';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { fixturePath } from '../helpers/fixture.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('needed rights');
const CLUSTER = { context: null, server: null, user: null };
const words = (right: { verb: string; group: string; resource: string; namespace: string | null } | null) =>
  right ? `${right.verb} ${right.resource}.${right.group} ${right.namespace ?? '*'}` : '';

test('every read of a diagnosis is among them', async () => {
  const known = new Set(neededReads('kubevirt', ['policy-system']).map(({ right }) => words(right)));
  const outages = ['deployment-scaled-to-zero', 'webhook-unreachable', 'cordoned', 'crash-panic'].map((code) =>
    fixturePath(code),
  );
  const asks = [askArchive(archiveOf(healthyCluster())), ...outages.map((path) => openArchive(path).ask)];
  for (const ask of asks) {
    const { log } = await gather(ask, { cluster: CLUSTER, depth: 'all' });
    const rights = log.map(({ right }) => words(right));
    assert.equal(
      rights.filter((one) => one !== '' && !known.has(one)),
      [],
    );
  }
});

test('where no Service of a webhook is known, the right to read one is needed everywhere', () => {
  const rights = neededReads('kubevirt').filter(({ key }) => key === 'webhookServices');
  assert.equal(
    rights.map(({ right }) => words(right)),
    ['get services. *'],
  );
});

test('rights of repairs are read as they are written', () => {
  const rights = neededWrites('ns').map(({ right }) => words(right));
  for (const one of [
    'patch deployments/scale.apps ns',
    'get deployments.apps ns',
    'patch nodes. *',
    'create priorityclasses.scheduling.k8s.io *',
    'patch validatingwebhookconfigurations.admissionregistration.k8s.io *',
    'delete pods. ns',
    'create events. ns',
  ]) {
    assert.ok(rights.includes(one), one);
  }
  assert.ok(
    rights.every((one) => /^(get|patch|create|delete) [a-z/]+\.[a-z0-9.]* (ns|\*)$/.test(one)),
    rights.join('\n'),
  );
});

test.run();
