import * as assert from 'uvu/assert';
import type { TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { diagnosisOf, installed, pullFailingPod, without } from './outage.ts';

const test = suite('every wording about an image');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';
/** The words under which an image is not pulled. */
const IMAGE = 'quay.io/kubevirt/virt-operator:v1.7.0';
const RESOLVE = `failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": `;
const HEAD = `${RESOLVE}failed to do request: Head "https://quay.io/v2/kubevirt/virt-operator/manifests/v1.7.0": `;
const CRIO = `initializing source docker://${IMAGE}: `;
const PING = `${CRIO}pinging container registry quay.io: Get "https://quay.io/v2/": `;
const PULLS: Record<string, string[]> = {
  'image-not-found': [
    `rpc error: code = NotFound desc = ${RESOLVE}${IMAGE}: not found`,
    `rpc error: code = Unknown desc = ${RESOLVE}${IMAGE}: not found`,
    `${CRIO}reading manifest v1.7.0 in quay.io/kubevirt/virt-operator: manifest unknown`,
    `unable to pull image or OCI artifact: pull image err: ${CRIO}reading manifest v1.7.0 in quay.io/kubevirt/virt-operator: manifest unknown; artifact err: get manifest: build image source: reading manifest v1.7.0 in quay.io/kubevirt/virt-operator: manifest unknown`,
    `${CRIO}reading manifest v1.7.0 in quay.io/kubevirt/virt-operator: name unknown: repository not found`,
    `Error response from daemon: manifest for ${IMAGE} not found: manifest unknown: manifest unknown`,
    'Error response from daemon: repository quay.io/kubevirt/virt-operator not found: does not exist or no pull access',
    `Error response from daemon: manifest for ${IMAGE} not found`,
    `${RESOLVE}docker.io/kubevirt/virt-operator:v1.7.0: not found`,
  ],
  'image-unauthorized': [
    `${CRIO}Requesting bearer token: invalid status code from registry 403 (Forbidden)`,
    `${CRIO}reading manifest 1 in europe-docker.pkg.dev/x/y/z: denied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/x" (or it may not exist)`,
    'Error response from daemon: Head "https://1.dkr.ecr.us-east-1.amazonaws.com/v2/x/manifests/y": denied: Your authorization token has expired. Reauthenticate and try again.',
    `${RESOLVE}pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
    `${RESOLVE}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
    `${RESOLVE}failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://quay.io/token: 401 Unauthorized`,
    `${RESOLVE}failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://quay.io/token: 403 Forbidden`,
    `${RESOLVE}unexpected status from HEAD request to https://quay.io/v2/x/manifests/y: 403 Forbidden`,
    'Error response from daemon: Get https://x/v2/y/manifests/z: no basic auth credentials',
    'Error response from daemon: pull access denied for kubevirt/virt-operator, repository does not exist or may require docker login',
    `${RESOLVE}failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://quay.io/token: 403 Forbidden`,
    `${RESOLVE}failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://quay.io/token: 401 Unauthorized`,
    `${CRIO}unable to retrieve auth token: invalid username/password: unauthorized: authentication required`,
    `${CRIO}reading manifest v1.7.0 in quay.io/kubevirt/virt-operator: unauthorized: access to the requested resource is not authorized`,
    'Error response from daemon: denied: requested access to the resource is denied',
  ],
  'image-tls': [
    `${HEAD}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    `${HEAD}x509: certificate has expired or is not yet valid: current time X is after Y`,
    `${HEAD}http: server gave HTTP response to HTTPS client`,
    `${HEAD}remote error: tls: handshake failure`,
    `${PING}tls: failed to verify certificate: x509: certificate is valid for a, not quay.io`,
    `${PING}http: server gave HTTP response to HTTPS client`,
    `${PING}x509: certificate signed by unknown authority`,
  ],
  'image-dns': [
    `${HEAD}dial tcp: lookup quay.io: i/o timeout`,
    `${HEAD}dial tcp: lookup quay.io: Temporary failure in name resolution`,
    `${HEAD}dial tcp: lookup quay.io on 10.0.0.2:53: no such host`,
    `${HEAD}dial tcp: lookup quay.io on 10.0.0.2:53: server misbehaving`,
    `${HEAD}dial tcp: lookup quay.io on 10.0.0.2:53: read udp 10.0.0.9:51234->10.0.0.2:53: i/o timeout`,
    `${PING}dial tcp: lookup quay.io: no such host`,
    `${PING}dial tcp: lookup quay.io on 10.0.0.2:53: server misbehaving`,
    `(Mirrors also failed: [mirror.local/x: reading manifest v1: unauthorized]): quay.io/x: ${PING}dial tcp: lookup quay.io: no such host`,
  ],
  'image-network': [
    `${HEAD}dial tcp 34.224.1.1:443: connect: connection timed out`,
    `${CRIO}Requesting bearer token: invalid status code from registry 503 (Service Unavailable)`,
    'Error response from daemon: Get "https://quay.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    `rpc error: code = Canceled desc = failed to pull and unpack image "${IMAGE}": context canceled`,
    `${CRIO}reading blob sha256:aa: Get "https://cdn": stream error: stream ID 5; INTERNAL_ERROR; received from peer`,
    `${HEAD}dial tcp 34.224.1.1:443: i/o timeout`,
    `${HEAD}context deadline exceeded`,
    `${HEAD}dial tcp 34.224.1.1:443: connect: connection refused`,
    `${HEAD}read tcp 10.0.0.9:1->34.224.1.1:443: read: connection reset by peer`,
    `${HEAD}net/http: TLS handshake timeout`,
    `${HEAD}proxyconnect tcp: dial tcp 10.0.0.1:3128: i/o timeout`,
    'failed to copy: httpReadSeeker: failed open: unexpected EOF',
    `${PING}dial tcp 34.224.1.1:443: i/o timeout`,
    `${RESOLVE}unexpected status from HEAD request to https://quay.io/v2/x: 502 Bad Gateway`,
    `${RESOLVE}unexpected status from HEAD request to https://quay.io/v2/x: 503 Service Unavailable`,
    ...['Bad Gateway', 'Service Unavailable', 'Forbidden', 'Proxy Authentication Required'].flatMap((status) => [
      `Error response from daemon: Get "https://quay.io/v2/": ${status}`,
      `${HEAD}${status}`,
    ]),
    `failed to pull and unpack image "${IMAGE}": failed to unpack image on snapshotter overlayfs: unexpected media type text/html for sha256:0a: not found`,
    `${RESOLVE}failed to authorize: failed to fetch anonymous token: Get "https://quay.io/token": dial tcp 34.224.1.1:443: connect: connection refused`,
    `${HEAD}dial tcp [2600:1f18::1]:443: connect: network is unreachable`,
    `unable to pull image or OCI artifact: pull image err: ${PING}Bad Gateway; artifact err: get manifest: build image source: ${PING}Bad Gateway`,
    `image pull failed for ${IMAGE} because the registry is unavailable: ${PING}dial tcp 34.224.1.1:443: connect: connection refused`,
    `(Mirrors also failed: [mirror.local/x: reading manifest: manifest unknown]): quay.io/x: pinging container registry quay.io: Get "https://quay.io/v2/": dial tcp 1.2.3.4:443: i/o timeout`,
  ],
  'image-rate-limited': [
    `${RESOLVE}unexpected status from HEAD request to https://quay.io/v2/x: 429 Too Many Requests`,
    'failed to copy: httpReadSeeker: failed open: unexpected status code 429: toomanyrequests: You have reached your unauthenticated pull rate limit',
    `${CRIO}reading manifest v1: toomanyrequests: You have reached your pull rate limit`,
    `${CRIO}too many requests to registry`,
  ],
  'image-arch-mismatch': [
    `${RESOLVE}no match for platform in manifest: not found`,
    'Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries',
    `choosing an image from manifest list docker://${IMAGE}: no image found in manifest list for architecture "arm64", variant "v8", OS "linux"`,
    `choosing an image from manifest list docker://${IMAGE}: no image found in image index for architecture "arm64", variant "v8", OS "linux"`,
  ],
  'image-inspect-error': [
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"',
    'short-name "kubevirt/virt-operator:v1" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"',
  ],
  'image-disk-full': [
    'failed to extract layer sha256:0a: write /var/lib/containerd/x: no space left on device',
    'failed to register layer: Error processing tar file(exit status 1): write /x: no space left on device',
  ],
  'image-pull-failed': [
    'pull QPS exceeded',
    '',
    `failed to pull and unpack image "${IMAGE}": failed commit on ref "layer-sha256:0a": unexpected commit digest sha256:0b, expected sha256:0a: failed precondition`,
    'not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since containerd v2.1, please rebuild the image',
  ],
};

for (const [code, wordings] of Object.entries(PULLS)) {
  test(`${code}: every text of a runtime, also behind the back-off`, async () => {
    for (const words of wordings) {
      const known = code === 'image-pull-failed' ? 'possible' : 'likely';
      for (const [reason, message] of [
        ['ErrImagePull', words],
        ['ImagePullBackOff', `Back-off pulling image "${IMAGE}": ErrImagePull: ${words}`],
      ] as const) {
        assert.equal(await first([...noPods, pullFailingPod(POD, message, reason)]), [code, known], message);
      }
    }
  });
}

test("image-network: what answers in the registry's place is named", async () => {
  for (const [words, title] of [
    [`${HEAD}dial tcp 34.224.1.1:443: i/o timeout`, 'node cp-0 cannot reach registry quay.io'],
    [`${HEAD}Forbidden`, 'a proxy keeps node cp-0 from registry quay.io'],
    [`${HEAD}proxyconnect tcp: dial tcp 10.0.0.1:3128: i/o timeout`, 'a proxy keeps node cp-0 from registry quay.io'],
    [
      `${RESOLVE}unexpected status from HEAD request to https://quay.io/v2/x: 502 Bad Gateway`,
      'registry quay.io answers node cp-0 only with an error',
    ],
    [
      'unexpected media type text/html for sha256:0a: not found',
      'registry quay.io, or a mirror of it, gives node cp-0 a web page in place of the image',
    ],
  ] as const) {
    const { causes } = await diagnosisOf([...noPods, pullFailingPod(POD, words)]);
    assert.is(causes[0]?.title, title);
  }
});

async function first(objects: TestObject[]): Promise<unknown[]> {
  const { causes } = await diagnosisOf(objects);
  return [causes[0]?.code, causes[0]?.confidence];
}

test.run();
