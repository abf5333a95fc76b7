import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { recordingAsk } from '../../src/archive/record.ts';
import { askArchive, openArchive } from '../../src/archive/store.ts';
import { clusterYaml } from '../../src/archive/write.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Ask } from '../../src/model/request.ts';
import { redact } from '../../src/objects/meta/redact.ts';
import { caBundle, PRESENT } from '../helpers/authority.ts';
import { archiveOf, healthyCluster, object, READ_AT } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('recording');
const cluster = { context: null, server: null, user: null };
const keep = (text: string) => text;

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
    logs: recording.logs(keep),
  };
  writeFileSync(join(folder, 'cluster.yaml'), clusterYaml(about, recording.objects(), keep));
  const { ask } = openArchive(folder);
  rmSync(folder, { recursive: true });
  return ask;
}

function comparable({ reads, namespace, foundBy, readAt }: Evidence) {
  return { reads, namespace, foundBy, readAt };
}

test('a recording gives the same evidence as the cluster it came from', async () => {
  const archive = archiveOf(healthyCluster(), {
    refused: [{ path: '/api/v1/namespaces/kubevirt/events', status: 403, message: 'events is forbidden' }],
    counts: { '/apis/kubevirt.io/v1/virtualmachineinstances': 7 },
  });
  const recording = recordingAsk(askArchive(archive));
  const first = await gather(recording.ask, { cluster });
  const again = await gather(reopened(recording), { cluster });
  assert.equal(comparable(again), comparable(first));
  assert.equal(again.reads.vmiCount, { status: 'read', value: 7 });
  assert.equal(again.reads.events.status, 'forbidden');
});

test('an empty list of metadata, which says `items: null`, is recorded as no object', async () => {
  const body = { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: {}, items: null };
  const recording = recordingAsk(() => Promise.resolve({ status: 'read', body }));
  await recording.ask({ path: '/apis/kubevirt.io/v1/virtualmachineinstances', form: 'metadata' });
  assert.equal(recording.objects(), []);
});

test('request paths are written as they are: what was asked is found by them', () => {
  const path = '/apis/autoscaling/v2/namespaces/kubevirt/horizontalpodautoscalers';
  const about = { asked: [path], refused: [{ path, status: 403, message: 'token=abc is forbidden' }] };
  const written = parse(clusterYaml(about, [], redact));
  assert.equal([written.asked, written.refused[0].path], [[path], path]);
  assert.not.match(written.refused[0].message, 'abc');
});

test('of a ConfigMap public certificates are written, and they are not redacted anywhere', () => {
  const hide = () => 'hidden';
  const data = { 'ca-bundle': PRESENT, password: 'abc', key: `${PRESENT}-----BEGIN EC PRIVATE KEY-----\n` };
  const webhooks = [{ clientConfig: { caBundle: caBundle(PRESENT) } }];
  const text = clusterYaml(
    {},
    [
      object('v1', 'ConfigMap', { name: 'kubevirt-ca' }, { data, binaryData: { more: 'abc' } }),
      object('v1', 'ConfigMap', { name: 'other' }, { data: { password: 'abc' } }),
      object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', { name: 'w' }, { webhooks }),
    ],
    hide,
  );
  const [authority, other, webhook] = parse(text).objects;
  assert.equal([authority.data, authority.binaryData, other.data], [{ 'ca-bundle': PRESENT }, undefined, undefined]);
  assert.equal(webhook.webhooks, webhooks);
});

test('when the API server stored a lease is written: the clock of its holder may be wrong', () => {
  const managedFields = [{ manager: 'virt-operator', time: '2026-03-01T03:00:00Z' }];
  const lease = object('coordination.k8s.io/v1', 'Lease', { name: 'virt-operator', managedFields });
  const text = clusterYaml({ origin: 'recorded' }, [lease], (value) => value);
  assert.equal(parse(text).objects[0].metadata.managedFields, managedFields);
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
