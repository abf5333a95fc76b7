import * as assert from 'uvu/assert';
import type { KubernetesEvent, Pod } from '../../../src/model/kubernetes.ts';
import { pullFailures, registryOf } from '../../../src/objects/container/image-pull.ts';
import { type PullClass, pullClass } from '../../../src/objects/container/pull-class.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('image pulls');
const IMAGE = 'quay.io/kubevirt/virt-operator:v1.9.0';
const containerd = (tail: string) =>
  `failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": ${tail}`;
const crio = (tail: string) => `initializing source docker://${IMAGE}: ${tail}`;

const head = (tail: string) => containerd(`failed to do request: Head "https://quay.io/v2/x": ${tail}`);

/** What containerd, CRI-O and Docker-era kubelets say. */
const words: Record<PullClass, string[]> = {
  'image-not-found': [
    containerd(`${IMAGE}: not found`),
    `rpc error: code = NotFound desc = ${containerd(`${IMAGE}: not found`)}`,
    containerd('unexpected status from HEAD request to https://quay.io/v2/x/manifests/v1: 404 Not Found'),
    crio('reading manifest v1.9.0 in quay.io/kubevirt/virt-operator: manifest unknown'),
    crio('reading manifest v1.9.0 in quay.io/kubevirt/virt-operator: name unknown: repository not found'),
    `Error response from daemon: manifest for ${IMAGE} not found: manifest unknown: manifest unknown`,
    `Back-off pulling image "${IMAGE}": ErrImagePull: ${containerd(`${IMAGE}: not found`)}`,
  ],
  'image-unauthorized': [
    containerd(
      'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
    ),
    containerd(
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ),
    containerd(
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://quay.io/v2/auth: 401 Unauthorized',
    ),
    containerd(
      'failed to authorize: failed to fetch oauth token: unexpected status from POST request to https://x/token: 403 Forbidden',
    ),
    containerd('unexpected status from HEAD request to https://x/v2/y/manifests/1: 403 Forbidden'),
    crio('reading manifest v1 in quay.io/x: unauthorized: access to the requested resource is not authorized'),
    crio('unable to retrieve auth token: invalid username/password: unauthorized'),
    crio('reading manifest v1 in docker.io/x: requested access to the resource is denied'),
    "Error response from daemon: pull access denied for x, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'Get https://x.dkr.ecr.eu-west-1.amazonaws.com/v2/y/manifests/1: no basic auth credentials',
  ],
  'image-tls': [
    head('tls: failed to verify certificate: x509: certificate signed by unknown authority'),
    head(
      'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time X is before Y',
    ),
    head('x509: certificate is valid for a.example, not quay.io'),
    head('http: server gave HTTP response to HTTPS client'),
    head('remote error: tls: handshake failure'),
    head('tls: first record does not look like a TLS handshake'),
    crio(
      'pinging container registry quay.io: Get "https://quay.io/v2/": x509: certificate signed by unknown authority',
    ),
  ],
  'image-dns': [
    head('dial tcp: lookup quay.io on 10.0.0.2:53: no such host'),
    head('dial tcp: lookup quay.io on 10.0.0.2:53: server misbehaving'),
    head('dial tcp: lookup quay.io on 10.0.0.2:53: read udp 10.0.0.9:4711->10.0.0.2:53: i/o timeout'),
    crio('pinging container registry quay.io: Get "https://quay.io/v2/": dial tcp: lookup quay.io: no such host'),
    containerd(
      'failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token": dial tcp: lookup auth.docker.io: no such host',
    ),
  ],
  'image-network': [
    head('dial tcp 1.2.3.4:443: i/o timeout'),
    head('dial tcp 1.2.3.4:443: connect: connection refused'),
    head('dial tcp 1.2.3.4:443: connect: no route to host'),
    head('dial tcp 1.2.3.4:443: connect: network is unreachable'),
    head('proxyconnect tcp: dial tcp 1.2.3.4:3128: connect: no route to host'),
    head('proxyconnect tcp: dial tcp: lookup proxy.example on 10.0.0.2:53: no such host'),
    head('net/http: TLS handshake timeout'),
    head('unexpected EOF'),
    head('EOF'),
    head('context deadline exceeded'),
    containerd(
      'failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token": read tcp 1.2.3.4:5: connection reset by peer',
    ),
    containerd(
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://auth.docker.io/token: 503 Service Unavailable',
    ),
    containerd('unexpected status from HEAD request to https://quay.io/v2/x: 502 Bad Gateway'),
    containerd('unexpected status from HEAD request to https://quay.io/v2/x: 504 Gateway Timeout'),
    crio(
      'pinging container registry quay.io: Get "https://quay.io/v2/": dial tcp 1.2.3.4:443: connect: connection refused',
    ),
    `image pull failed for ${IMAGE} because the registry is unavailable: pinging container registry quay.io`,
    'context deadline exceeded',
  ],
  'image-rate-limited': [
    containerd('unexpected status from HEAD request to https://docker.io/v2/x: 429 Too Many Requests'),
    'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    'toomanyrequests: You have reached your pull rate limit.',
    crio('reading manifest v1 in docker.io/x: too many requests to registry'),
  ],
  'image-arch-mismatch': [
    `failed to pull and unpack image "${IMAGE}": no match for platform in manifest: not found`,
    `choosing an image from manifest list docker://${IMAGE}: no image found in manifest list for architecture "arm64", variant "v8", OS "linux"`,
    `choosing image instance: no image found in image index for architecture "arm64", variant "v8", OS "linux"`,
  ],
  'image-name-invalid': [
    `Failed to apply default image tag "Quay.io/Bad:tag": couldn't parse image name "Quay.io/Bad:tag": invalid reference format: repository name must be lowercase`,
    `Failed to apply default image tag "a b": couldn't parse image reference "a b": invalid reference format`,
  ],
  'image-never-pull': [`Container image "${IMAGE}" is not present with pull policy of Never`],
  'image-signature': [
    `image pull failed for ${IMAGE} because the signature validation failed: Source image rejected: A signature was required, but no signature exists`,
    `Back-off pulling image "${IMAGE}": SignatureValidationFailed: image pull failed for ${IMAGE}`,
    crio('copying system image from manifest list: Source image rejected: None of the signatures were accepted'),
  ],
  'image-disk-full': [
    `failed to pull and unpack image "${IMAGE}": failed to extract layer sha256:0a1b: write /var/lib/containerd/x: no space left on device: unknown`,
    'failed to register layer: Error processing tar file(exit status 1): write /usr/bin/x: no space left on device',
    'writing blob: storing blob to file "/var/tmp/1": write /var/tmp/1: disk quota exceeded',
  ],
  'image-inspect-error': [
    `Failed to inspect image "${IMAGE}": rpc error: code = Unavailable desc = connection error`,
    'short name mode is enforcing, but image name virt-operator returns ambiguous list',
  ],
  'image-pull-failed': [
    'pull QPS exceeded',
    `Back-off pulling image "${IMAGE}"`,
    'failed to unpack: something new',
    '',
  ],
};

for (const [kind, texts] of Object.entries(words)) {
  for (const text of texts) test(`${kind}: ${text}`, () => assert.is(pullClass(text), kind));
}

function waiting(reason: string, message?: string): Pod {
  const status = {
    name: 'virt-operator',
    image: IMAGE,
    state: { waiting: { reason, ...(message !== undefined && { message }) } },
  };
  return { metadata: { name: 'p', uid: 'u' }, status: { containerStatuses: [status] } };
}

const events: KubernetesEvent[] = [
  {
    involvedObject: { uid: 'u' },
    reason: 'Failed',
    message: 'Error: ImagePullBackOff',
    lastTimestamp: '2026-03-01T02:59:00Z',
  },
  {
    involvedObject: { uid: 'u' },
    reason: 'Failed',
    message: `Failed to pull image "${IMAGE}": manifest unknown`,
    lastTimestamp: '2026-03-01T02:58:00Z',
  },
  {
    involvedObject: { uid: 'other' },
    reason: 'Failed',
    message: 'Failed to pull image "x": 401 Unauthorized',
    lastTimestamp: '2026-03-01T02:59:00Z',
  },
];

test('a bare back-off takes its words from the newest event that has some', () => {
  for (const message of [`Back-off pulling image "${IMAGE}"`, '', undefined]) {
    const [failure] = pullFailures([waiting('ImagePullBackOff', message)], events);
    assert.is(failure?.message, `Failed to pull image "${IMAGE}": manifest unknown`);
    assert.is(failure?.source, 'pod/p event Failed');
  }
});

test('its own words are better than an event', () => {
  const [failure] = pullFailures([waiting('ErrImagePull', 'no such host')], events);
  assert.equal([failure?.message, failure?.source], ['no such host', 'pod/p state.waiting of container virt-operator']);
});

test('the image comes from the status, else from the spec, also of an init container', () => {
  const status = { name: 'init', state: { waiting: { reason: 'ErrImagePull', message: 'x' } } };
  const pod: Pod = {
    spec: { initContainers: [{ name: 'init', image: 'busybox' }] },
    status: { initContainerStatuses: [status] },
  };
  assert.is(pullFailures([pod], null)[0]?.image, 'busybox');
  assert.is(pullFailures([waiting('ErrImagePull', 'x')], null)[0]?.image, IMAGE);
});

test('only images count: other waiting reasons are not pull failures', () => {
  const reasons = ['ContainerCreating', 'CrashLoopBackOff', 'CreateContainerError', 'constructor'];
  const found = pullFailures(
    reasons.map((reason) => waiting(reason)),
    events,
  );
  assert.equal(found, []);
});

test('a waiting reason that says what it is needs no words', () => {
  const kinds = ['InvalidImageName', 'ErrImageNeverPull', 'SignatureValidationFailed', 'ImageInspectError'].map(
    (reason) => pullFailures([waiting(reason, 'x509: not found')], null)[0],
  );
  assert.equal(
    kinds.map((one) => [one?.kind, one?.certain]),
    ['image-name-invalid', 'image-never-pull', 'image-signature', 'image-inspect-error'].map((kind) => [kind, true]),
  );
  const unavailable = pullFailures([waiting('RegistryUnavailable', 'the registry is unavailable: x')], null)[0];
  assert.equal([unavailable?.kind, unavailable?.certain], ['image-network', false]);
});

test('of mirrors and the registry behind them, the registry counts', () => {
  const words = '(Mirrors also failed: [mirror.example/x: reading manifest v1: manifest unknown]): quay.io/x: ';
  assert.is(pullClass(`${words}dial tcp: lookup quay.io: no such host`), 'image-dns');
  assert.is(pullClass(`${words}unauthorized: access denied`), 'image-unauthorized');
});

test('a refused pull whose secret could not be read is about the secret', () => {
  const secret = { involvedObject: { uid: 'u' }, reason: 'FailedToRetrieveImagePullSecret', message: 'Unable' };
  const kind = (message: string) => pullFailures([waiting('ErrImagePull', message)], [secret])[0]?.kind;
  assert.is(kind('pull access denied'), 'pull-secret-missing');
  assert.is(kind('manifest unknown'), 'image-not-found');
});

test('an image names its registry, or means docker.io', () => {
  const images = ['quay.io/kubevirt/x:v1', 'localhost/x', 'host:5000/x', 'kubevirt/x', 'x:v1', 'a.b;$(c)/x'];
  assert.equal(images.map(registryOf), ['quay.io', 'localhost', 'host:5000', 'docker.io', 'docker.io', 'docker.io']);
});

test.run();
