import * as assert from 'uvu/assert';
import type { Pod } from '../../../src/model/kubernetes.ts';
import { type SetupClass, setupFailures } from '../../../src/objects/container/pod-setup.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('pod setup');
const pod: Pod = { metadata: { name: 'p', uid: 'u' }, spec: { nodeName: 'cp-0' }, status: { phase: 'Pending' } };
const sandbox = (tail: string) => `Failed to create pod sandbox: rpc error: code = Unknown desc = ${tail}`;
const network = (tail: string) =>
  sandbox(`failed to setup network for sandbox "3f": plugin type="x" failed (add): ${tail}`);
const mount = (tail: string) => `MountVolume.SetUp failed for volume "v" : ${tail}`;

/** What kubelets, containerd, CRI-O and network plugins say (Kubernetes 1.25 to 1.36). */
const words: [kind: SetupClass, reason: string, message: string][] = [
  ['sandbox-cni-failed', 'FailedCreatePodSandBox', network('connection is unauthorized: Unauthorized')],
  [
    'sandbox-cni-failed',
    'FailedCreatePodSandBox',
    network('no IP addresses available in range set: 10.0.0.1-10.0.0.9'),
  ],
  ['sandbox-cni-failed', 'FailedCreatePodSandBox', network('stat /var/lib/calico/nodename: no such file or directory')],
  [
    'sandbox-cni-failed',
    'FailedCreatePodSandBox',
    network('unable to connect to Cilium daemon: failed to create client'),
  ],
  [
    'sandbox-cni-failed',
    'FailedCreatePodSandBox',
    sandbox(
      'failed to create pod network sandbox k8s_virt-operator_kubevirt_1(3f): error adding pod to CNI network "x"',
    ),
  ],
  [
    'sandbox-cni-failed',
    'FailedCreatePodSandBox',
    sandbox('Multus: [kubevirt/p/u]: error waiting for pod: Unauthorized'),
  ],
  ['sandbox-cni-failed', 'FailedCreatePodSandBox', sandbox('timed out waiting for OVS port binding')],
  ['sandbox-cni-failed', 'FailedCreatePodSandBox', `(combined from similar events): ${network('x')}`],
  [
    'sandbox-pause-image',
    'FailedCreatePodSandBox',
    sandbox('failed to get sandbox image "registry.k8s.io/pause:3.10": x'),
  ],
  ['sandbox-runtime', 'FailedCreatePodSandBox', sandbox('failed to reserve sandbox name "x": name "x" is reserved')],
  [
    'sandbox-runtime',
    'FailedCreatePodSandBox',
    sandbox('failed to get sandbox runtime: no runtime for "kata" is configured'),
  ],
  [
    'sandbox-runtime',
    'FailedCreatePodSandBox',
    sandbox('failed to create containerd task: failed to create shim task: OCI runtime create failed'),
  ],
  ['sandbox-runtime', 'FailedCreatePodSandBox', sandbox('cgroups: cgroup deleted')],
  ['sandbox-runtime', 'FailedCreatePodSandBox', sandbox('context deadline exceeded')],
  ['sandbox-runtime', 'FailedCreatePodContainer', 'unable to ensure pod container exists: failed to create container'],
  [
    'sandbox-runtime',
    'Failed',
    'error making pod data directories: mkdir /var/lib/kubelet/pods: read-only file system',
  ],
  [
    'network-not-ready',
    'NetworkNotReady',
    'network is not ready: container runtime network not ready: NetworkReady=false',
  ],
  ['volume-mount-failed', 'FailedMount', mount('secret "s" not found')],
  ['volume-mount-failed', 'FailedMount', mount('configmap "c" not found')],
  ['volume-mount-failed', 'FailedMount', mount('references non-existent secret key: k')],
  ['volume-mount-failed', 'FailedMount', mount('object "kubevirt"/"kube-root-ca.crt" not registered')],
  ['volume-mount-failed', 'FailedMount', mount('failed to fetch token: serviceaccounts "kubevirt-operator" not found')],
  [
    'volume-mount-failed',
    'FailedMount',
    'Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[v], failed to process volumes=[]: timed out waiting for the condition',
  ],
  [
    'volume-attach-failed',
    'FailedAttachVolume',
    'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) o',
  ],
];

for (const [kind, reason, message] of words) {
  test(`${kind}: ${message}`, () => {
    const events = [{ involvedObject: { uid: 'u' }, reason, message, lastTimestamp: '2026-03-01T02:59:00Z' }];
    assert.equal(
      setupFailures([pod], events, kind).map((one) => one.kind),
      [kind],
    );
  });
}

test('events of another kind, of another pod or of no known reason say nothing', () => {
  const events = [
    { involvedObject: { uid: 'u' }, reason: 'Failed', message: 'Error: ErrImagePull' },
    { involvedObject: { uid: 'u' }, reason: 'toString', message: 'x' },
    { involvedObject: { uid: 'other' }, reason: 'FailedMount', message: mount('x') },
  ];
  const kinds: SetupClass[] = ['volume-mount-failed', 'sandbox-runtime', 'sandbox-cni-failed'];
  assert.equal(
    kinds.flatMap((kind) => setupFailures([pod], events, kind)),
    [],
  );
});

test('what came before the image is pulled is over', () => {
  const at = (reason: string, lastTimestamp: string) => ({
    involvedObject: { uid: 'u' },
    reason,
    message: mount('x'),
    lastTimestamp,
  });
  const failed = at('FailedMount', '2026-03-01T02:58:00Z');
  const kinds = (pulling: string) => setupFailures([pod], [failed, at('Pulling', pulling)], 'volume-mount-failed');
  assert.is(kinds('2026-03-01T02:59:00Z').length, 0);
  assert.is(kinds('2026-03-01T02:57:00Z').length, 1);
});

test('a pod without a node, or with a container that was begun, is past or before that', () => {
  const events = [{ involvedObject: { uid: 'u' }, reason: 'FailedMount', message: mount('x') }];
  const begun = [
    { state: { running: {} } },
    { state: { waiting: { reason: 'ImagePullBackOff' } } },
    { lastState: { terminated: { exitCode: 1 } } },
  ];
  for (const status of begun) {
    const started = { ...pod, status: { containerStatuses: [{ name: 'c', ...status }] } };
    assert.equal(setupFailures([started], events, 'volume-mount-failed'), []);
  }
  assert.equal(setupFailures([{ ...pod, spec: {} }], events, 'volume-mount-failed'), []);
});

test.run();
