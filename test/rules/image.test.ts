import * as assert from 'uvu/assert';
import type { TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { diagnosisOf, event, installed, patched, pullFailingPod, without } from './outage.ts';

const test = suite('image rules');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';
const IMAGE = 'quay.io/kubevirt/virt-operator:v1.7.0';
const head = (tail: string) => `failed to do request: Head "https://quay.io/v2/x": ${tail}`;

/** The code, its confidence and what the person reads, for a container that waits with this reason and message. */
async function told(message: string, reason?: string, ...more: TestObject[]): Promise<unknown> {
  const { causes, findings } = await diagnosisOf([...noPods, pullFailingPod(POD, message, reason), ...more]);
  assert.equal(findings, []);
  return causes.map(({ code, confidence, title }) => [code, confidence, title]);
}

const cases: [reason: string, message: string, code: string, confidence: string, title: string][] = [
  [
    'ErrImagePull',
    head('tls: failed to verify certificate: x509: certificate signed by unknown authority'),
    'image-tls',
    'likely',
    'node cp-0 cannot open a TLS connection to registry quay.io',
  ],
  [
    'ErrImagePull',
    head('dial tcp: lookup mirror.example on 10.0.0.2:53: no such host'),
    'image-dns',
    'likely',
    'node cp-0 cannot resolve mirror.example',
  ],
  ['ErrImagePull', 'no such host', 'image-dns', 'likely', 'node cp-0 cannot resolve quay.io'],
  [
    'ImagePullBackOff',
    `Back-off pulling image "${IMAGE}": ErrImagePull: ${head('dial tcp 1.2.3.4:443: i/o timeout')}`,
    'image-network',
    'likely',
    'node cp-0 cannot reach registry quay.io',
  ],
  [
    'RegistryUnavailable',
    `image pull failed for ${IMAGE} because the registry is unavailable: pinging`,
    'image-network',
    'likely',
    'node cp-0 cannot reach registry quay.io',
  ],
  [
    'ErrImagePull',
    'toomanyrequests: You have reached your pull rate limit.',
    'image-rate-limited',
    'likely',
    `registry quay.io has answered too many pulls and refuses image ${IMAGE}`,
  ],
  [
    'ErrImagePull',
    'no match for platform in manifest: not found',
    'image-arch-mismatch',
    'likely',
    `image ${IMAGE} is not built for the architecture of node cp-0`,
  ],
  [
    'ErrImagePull',
    'failed to extract layer sha256:0a: write /x: no space left on device',
    'image-disk-full',
    'likely',
    `no disk space is left on node cp-0 for image ${IMAGE}`,
  ],
  ['InvalidImageName', '', 'image-name-invalid', 'certain', `${IMAGE} is not a valid image name`],
  [
    'ErrImageNeverPull',
    `Container image "${IMAGE}" is not present with pull policy of Never`,
    'image-never-pull',
    'certain',
    `image ${IMAGE} is not on node cp-0, and imagePullPolicy is Never`,
  ],
  [
    'SignatureValidationFailed',
    'Source image rejected: A signature was required, but no signature exists',
    'image-signature',
    'certain',
    `the signature policy of node cp-0 refuses image ${IMAGE}`,
  ],
  [
    'ImageInspectError',
    `Failed to inspect image "${IMAGE}": rpc error: code = Unavailable`,
    'image-inspect-error',
    'certain',
    `the container runtime of node cp-0 cannot look up image ${IMAGE}`,
  ],
  ['ErrImagePull', 'something new', 'image-pull-failed', 'possible', `image ${IMAGE} is not pulled`],
  ['ImagePullBackOff', '', 'image-pull-failed', 'possible', `image ${IMAGE} is not pulled`],
];

for (const [reason, message, code, confidence, title] of cases) {
  test(`${code}: ${reason} ${message}`, async () => {
    assert.equal(await told(message, reason), [[code, confidence, title]]);
  });
}

test('a refused image whose pull secret is missing names the secret', async () => {
  const [pod] = patched([pullFailingPod(POD, '401 Unauthorized')], 'Pod', {
    spec: { imagePullSecrets: [{ name: 'mirror-login' }] },
  }) as [TestObject];
  const message =
    'Unable to retrieve some image pull secrets (mirror-login); attempting to pull the image may not succeed.';
  const secret = event('e', 'Pod', POD, {
    reason: 'FailedToRetrieveImagePullSecret',
    message,
    time: '2026-03-01T02:59:00Z',
  });
  const { causes } = await diagnosisOf([...noPods, pod, secret]);
  assert.equal(
    causes.map(({ code, title }) => [code, title]),
    [['pull-secret-missing', `image ${IMAGE} needs a pull secret, and mirror-login cannot be read`]],
  );
  assert.ok(causes[0]?.evidence.some(({ text }) => text === message));
  assert.match(
    causes[0]?.mitigation?.command ?? '',
    'create secret docker-registry mirror-login --docker-server=quay.io',
  );
  const sound = await diagnosisOf([...installed(), secret]);
  assert.equal([sound.verdict, sound.findings], ['healthy', []]);
});

test("an image of the wrong architecture is told beside the node's own", async () => {
  const cluster = patched(noPods, 'Node/cp-0', { status: { nodeInfo: { architecture: 'arm64' } } });
  const { causes } = await diagnosisOf([...cluster, pullFailingPod(POD, 'no match for platform in manifest')]);
  assert.equal(causes[0]?.evidence.at(-1), { text: 'arm64', source: 'node/cp-0 status.nodeInfo.architecture' });
});

/** What mends an image that is not found, with the Deployment's image and that of the revision before. */
async function mending(image: string, before: string): Promise<string | undefined> {
  const templateOf = (name: string) => ({
    spec: { template: { spec: { containers: [{ name: 'virt-operator', image: name }] } } },
  });
  const present = patched(patched(noPods, 'Deployment', templateOf(image)), 'ReplicaSet', templateOf(image));
  const [older] = patched(present, 'ReplicaSet', {
    metadata: { name: 'virt-operator-0', uid: 'r0' },
    ...templateOf(before),
  }).filter(({ kind }) => kind === 'ReplicaSet');
  const [pod] = patched([pullFailingPod(POD, `${image}: not found`)], 'Pod', {
    spec: { containers: [{ name: 'virt-operator', image }] },
  });
  const { causes } = await diagnosisOf([...present, older as TestObject, pod as TestObject]);
  return causes[0]?.mitigation?.command;
}

test('no way back to a revision whose image cannot be pulled either', async () => {
  assert.match((await mending(IMAGE, `${IMAGE}-1`)) ?? '', 'rollout undo');
  assert.match((await mending(IMAGE, IMAGE)) ?? '', 'kubectl apply -f');
});

test("an image of a registry of one's own is looked for there: KubeVirt's manifest does not name it", async () => {
  const image = 'mirror.example.com/kubevirt/virt-operator@sha256:abc';
  assert.is(await mending(image, image), `kubectl -n kubevirt describe pod ${POD}`);
  assert.match((await mending(image, IMAGE)) ?? '', 'rollout undo');
});

test.run();
