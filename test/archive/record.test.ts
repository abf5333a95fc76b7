import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { recordingAsk } from '../../src/archive/record.ts';
import { askArchive, openArchive } from '../../src/archive/store.ts';
import { clusterYaml } from '../../src/archive/write.ts';
import { gather } from '../../src/kube/gather.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Ask } from '../../src/model/request.ts';
import { redact } from '../../src/objects/redact.ts';
import { archiveOf, healthyCluster, object, READ_AT } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('recording');
const cluster = { context: null, server: null, user: null };

/** Records a diagnosis into a file, and opens that file. */
function reopened(recording: ReturnType<typeof recordingAsk>): Ask {
  const folder = mkdtempSync(join(tmpdir(), 'record-'));
  const about = {
    origin: 'recorded' as const,
    kubernetes: recording.kubernetes(),
    readAt: READ_AT,
    refused: recording.refused(),
    asked: recording.asked(),
    counts: recording.counts(),
  };
  writeFileSync(join(folder, 'cluster.yaml'), clusterYaml(about, recording.objects(), redact));
  const { ask } = openArchive(folder);
  rmSync(folder, { recursive: true });
  return ask;
}

function comparable({ reads, namespace, foundBy, readAt }: Evidence) {
  return { reads, namespace, foundBy, readAt };
}

test('a recording gives the same evidence as the cluster it came from', async () => {
  const archive = archiveOf(healthyCluster(), {
    refused: [{ path: '/api/v1/namespaces/kubevirt/limitranges', status: 403, message: 'limitranges is forbidden' }],
    counts: { '/apis/kubevirt.io/v1/virtualmachineinstances': 7 },
  });
  const recording = recordingAsk(askArchive(archive));
  const first = await gather(recording.ask, { cluster });
  const again = await gather(reopened(recording), { cluster });
  assert.equal(comparable(again), comparable(first));
  assert.equal(again.reads.vmiCount, { status: 'read', value: 7 });
  assert.equal(again.reads.limitRanges.status, 'forbidden');
});

test('an empty list of metadata, which says `items: null`, is recorded as no object', async () => {
  const body = { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: {}, items: null };
  const recording = recordingAsk(() => Promise.resolve({ status: 'read', body }));
  await recording.ask({ path: '/apis/kubevirt.io/v1/virtualmachineinstances', form: 'metadata' });
  assert.equal(recording.objects(), []);
});

test('a custom resource of which there is none is still served, and a long path is still known to be asked', async () => {
  const crd = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { name: 'as.example.com' });
  const served = recordingAsk(askArchive(archiveOf([crd])));
  const path = '/apis/example.com/v1/namespaces/kubevirt/averyverylongnameofacustomresourcethatlookslikeakey';
  assert.is((await served.ask({ path })).status, 'read');
  assert.is((await reopened(served)({ path })).status, 'read');
  const unserved = recordingAsk(askArchive(archiveOf([])));
  assert.is((await unserved.ask({ path })).status, 'absent');
  assert.is((await reopened(unserved)({ path })).status, 'absent');
  const refused = [{ path, status: 403, message: 'forbidden' }];
  const forbidden = recordingAsk(askArchive(archiveOf([], { refused })));
  await forbidden.ask({ path });
  assert.is((await reopened(forbidden)({ path })).status, 'forbidden');
});

test('what is secret, large or of no use is not written', () => {
  const metadata = {
    name: 'virt-operator',
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', kept: 'yes' },
    managedFields: [{ manager: 'kubectl-scale' }],
  };
  const text = clusterYaml(
    { origin: 'recorded', kubevirt: null, refused: [] },
    [
      object('apps/v1', 'Deployment', metadata, { spec: { note: 'token=abc' } }),
      object('v1', 'Node', { ...metadata, name: 'n1' }, { status: { images: [{ names: ['big'] }], phase: 'x' } }),
      object('v1', 'Secret', { name: 's' }, { data: { password: 'aGVsbG8=' } }),
    ],
    (value) => value.replace('abc', '<redacted>'),
  );
  assert.is(
    text,
    `origin: recorded
objects:
  - apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: virt-operator
      annotations:
        kept: yes
      managedFields:
        - manager: kubectl-scale
    spec:
      note: token=<redacted>
  - apiVersion: v1
    kind: Node
    metadata:
      name: n1
      annotations:
        kept: yes
    status:
      phase: x
  - apiVersion: v1
    kind: Secret
    metadata:
      name: s
`,
  );
});

test('what a recording never asked is not recorded, rather than absent', async () => {
  const recording = recordingAsk(askArchive(archiveOf(healthyCluster())));
  await gather(recording.ask, { cluster });
  const ask = reopened(recording);
  const secrets = await ask({ path: '/api/v1/namespaces/kubevirt/secrets' });
  assert.is(secrets.status, 'failed');
  assert.equal(secrets.status === 'failed' && secrets.reason, 'not-recorded');
});

test('a request that timed out is one that was never asked', async () => {
  const recording = recordingAsk(() => Promise.resolve({ status: 'failed', reason: 'timeout', message: 'too slow' }));
  await recording.ask({ path: '/api/v1/nodes' });
  assert.equal(recording.asked(), []);
});

test.run();
