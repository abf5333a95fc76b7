import * as assert from 'uvu/assert';
import type { KubernetesEvent, Pod } from '../../src/model/kubernetes.ts';
import { type PullClass, pullClass, pullFailures } from '../../src/objects/image-pull.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('image pulls');
const IMAGE = 'quay.io/kubevirt/virt-operator:v1.9.0';
const containerd = (tail: string) =>
  `failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": ${tail}`;
const crio = (tail: string) => `initializing source docker://${IMAGE}: ${tail}`;

/** What containerd, CRI-O and Docker-era kubelets say. */
const words: Record<PullClass, string[]> = {
  'not-found': [
    containerd(`${IMAGE}: not found`),
    `rpc error: code = NotFound desc = ${containerd(`${IMAGE}: not found`)}`,
    containerd('unexpected status from HEAD request to https://quay.io/v2/x/manifests/v1: 404 Not Found'),
    crio('reading manifest v1.9.0 in quay.io/kubevirt/virt-operator: manifest unknown'),
    crio('reading manifest v1.9.0 in quay.io/kubevirt/virt-operator: name unknown: repository not found'),
    `Error response from daemon: manifest for ${IMAGE} not found: manifest unknown: manifest unknown`,
    `Back-off pulling image "${IMAGE}": ErrImagePull: ${containerd(`${IMAGE}: not found`)}`,
  ],
  unauthorized: [
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
  other: [
    containerd(
      'failed to do request: Head "https://quay.io/v2/x": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ),
    containerd('failed to do request: Head "https://quay.io/v2/x": http: server gave HTTP response to HTTPS client'),
    containerd('failed to do request: Head "https://quay.io/v2/x": remote error: tls: handshake failure'),
    containerd(
      'failed to do request: Head "https://quay.io/v2/x": dial tcp: lookup quay.io on 10.0.0.2:53: no such host',
    ),
    containerd(
      'failed to do request: Head "https://quay.io/v2/x": dial tcp: lookup quay.io on 10.0.0.2:53: server misbehaving',
    ),
    containerd('failed to do request: Head "https://quay.io/v2/x": dial tcp 1.2.3.4:443: i/o timeout'),
    containerd('failed to do request: Head "https://quay.io/v2/x": dial tcp 1.2.3.4:443: connect: connection refused'),
    containerd(
      'failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token": dial tcp: lookup auth.docker.io: no such host',
    ),
    containerd(
      'failed to authorize: failed to fetch anonymous token: Get "https://auth.docker.io/token": read tcp 1.2.3.4:5: connection reset by peer',
    ),
    containerd(
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://auth.docker.io/token: 503 Service Unavailable',
    ),
    containerd(
      'failed to do request: Head "https://quay.io/v2/x": proxyconnect tcp: dial tcp 1.2.3.4:3128: connect: no route to host',
    ),
    containerd('failed to do request: Head "https://quay.io/v2/x": net/http: TLS handshake timeout'),
    containerd('failed to do request: Head "https://quay.io/v2/x": unexpected EOF'),
    containerd('unexpected status from HEAD request to https://quay.io/v2/x: 502 Bad Gateway'),
    containerd('unexpected status from HEAD request to https://docker.io/v2/x: 429 Too Many Requests'),
    'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    crio('reading manifest v1 in docker.io/x: too many requests to registry'),
    `failed to pull and unpack image "${IMAGE}": no match for platform in manifest: not found`,
    `choosing an image from manifest list docker://${IMAGE}: no image found in manifest list for architecture "arm64", variant "v8", OS "linux"`,
    `choosing image instance: no image found in image index for architecture "arm64", variant "v8", OS "linux"`,
    crio(
      `pinging container registry quay.io: Get "https://quay.io/v2/": dial tcp 1.2.3.4:443: connect: connection refused`,
    ),
    'context deadline exceeded',
    'pull QPS exceeded',
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

test('only pulls count: other waiting reasons are not pull failures', () => {
  const reasons = ['ContainerCreating', 'CrashLoopBackOff', 'InvalidImageName', 'CreateContainerError'];
  assert.equal(
    pullFailures(
      reasons.map((reason) => waiting(reason)),
      events,
    ),
    [],
  );
  assert.is(pullFailures([waiting('RegistryUnavailable', 'x')], null).length, 1);
});

test.run();
