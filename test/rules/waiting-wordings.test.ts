import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { diagnosisOf, event, installed, patched, pullFailingPod, unreadyPod, without } from './outage.ts';

const test = suite('every wording of a container that waits');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';
const IMAGE = 'quay.io/kubevirt/virt-operator:v1.7.0';
const PING = `initializing source docker://${IMAGE}: pinging container registry quay.io: Get "https://quay.io/v2/": `;

/** Waiting reasons that name the cause by themselves, and texts that only a container that starts has. */
const WAITING: [string, string, string][] = [
  [
    'image-name-invalid',
    'InvalidImageName',
    `Failed to apply default image tag "Quay.io/X": couldn't parse image name "Quay.io/X": invalid reference format: repository name must be lowercase`,
  ],
  [
    'image-name-invalid',
    'InvalidImageName',
    `Failed to apply default image tag "https://quay.io/x": couldn't parse image name "https://quay.io/x": invalid reference format`,
  ],
  [
    'image-name-invalid',
    'InvalidImageName',
    `Failed to apply default image tag "quay.io/x y": couldn't parse image reference "quay.io/x y": invalid reference format`,
  ],
  ['image-never-pull', 'ErrImageNeverPull', `Container image "${IMAGE}" is not present with pull policy of Never`],
  [
    'image-signature',
    'SignatureValidationFailed',
    `image pull failed for ${IMAGE} because the signature validation failed: Source image rejected: A signature was required, but no signature exists`,
  ],
  [
    'image-inspect-error',
    'ImageInspectError',
    `Failed to inspect image "${IMAGE}": rpc error: code = Unavailable desc = connection error`,
  ],
  [
    'image-inspect-error',
    'ImageInspectError',
    `Failed to inspect image "x": rpc error: code = Unknown desc = short name mode is enforcing, but image name x returns ambiguous list`,
  ],
  [
    'image-network',
    'RegistryUnavailable',
    `image pull failed for ${IMAGE} because the registry is unavailable: ${PING}dial tcp 1.2.3.4:443: connect: connection refused`,
  ],
  ['config-missing-ref', 'CreateContainerConfigError', 'secret "s" not found'],
  ['config-missing-ref', 'CreateContainerConfigError', 'configmap "c" not found'],
  ['config-missing-ref', 'CreateContainerConfigError', "couldn't find key k in Secret kubevirt/s"],
  ['config-missing-ref', 'CreateContainerConfigError', "couldn't find key k in ConfigMap kubevirt/c"],
  [
    'config-run-as-nonroot',
    'CreateContainerConfigError',
    'container has runAsNonRoot and image will run as root (pod: "x", container: virt-operator)',
  ],
  [
    'config-run-as-nonroot',
    'CreateContainerConfigError',
    'container has runAsNonRoot and image has non-numeric user (nonroot), cannot verify user is non-root (pod: "x", container: virt-operator)',
  ],
  [
    'config-run-as-nonroot',
    'CreateContainerConfigError',
    'container\'s runAsUser breaks non-root policy (pod: "x", container: virt-operator)',
  ],
  [
    'create-container-error',
    'CreateContainerError',
    'failed to reserve container name "x": name "x" is reserved for "0a1b"',
  ],
  [
    'create-container-error',
    'CreateContainerError',
    'the container name "x" is already in use by 0a1b. check if another CreateContainer request is in progress',
  ],
  ['create-container-error', 'CreateContainerError', 'context deadline exceeded'],
  [
    'create-container-error',
    'CreateContainerError',
    'failed to generate container "0a1b" spec: failed to generate spec: x',
  ],
  [
    'create-container-error',
    'CreateContainerError',
    'failed to mount container 0a1b in pod sandbox 0c2d: no such file or directory',
  ],
  ...[
    'failed to create containerd container: cannot load seccomp profile "/var/lib/kubelet/seccomp/x.json": open /var/lib/kubelet/seccomp/x.json: no such file or directory',
    'failed to create containerd container: get apparmor_parser version: exec: "apparmor_parser": executable file not found in $PATH',
    'failed to create containerd container: load apparmor profile /tmp/cri-containerd.apparmor.d1: parser error(exit status 243)',
    'runc create failed: unable to start container process: error during container init: unable to apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/apparmor/exec: no such file or directory: unknown',
    'runc create failed: unable to start container process: error during container init: apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/exec: permission denied: unknown',
    "runc create failed: unable to start container process: can't get final child's PID from pipe: EOF: unknown",
    'runc create failed: unable to start container process: error during container init: unable to join session keyring: unable to create session key: disk quota exceeded: unknown',
    'failed to create containerd container: CDI device injection failed: unresolvable CDI devices x',
  ].map((message): [string, string, string] => ['create-container-error', 'CreateContainerError', message]),
  ['create-container-error', 'PreCreateHookError', 'PreCreateContainer hook failed'],
  ['create-container-error', 'PreStartHookError', 'PreStartContainer hook failed'],
  ['create-container-error', 'CreateContainerError', 'container create failed: time="2026" level=error msg="x"'],
  [
    'exec-not-found',
    'RunContainerError',
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "virt-operator": executable file not found in $PATH: unknown',
  ],
  [
    'exec-not-found',
    'RunContainerError',
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/usr/bin/virt-operator": stat /usr/bin/virt-operator: no such file or directory: unknown',
  ],
  [
    'exec-not-found',
    'CreateContainerError',
    'container create failed: executable file `virt-operator` not found in $PATH: No such file or directory',
  ],
  [
    'exec-permission-denied',
    'RunContainerError',
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/usr/bin/virt-operator": permission denied: unknown',
  ],
  ['hook-failed', 'PostStartHookError', 'PostStartHook failed'],
];

for (const [code, reason, message] of WAITING) {
  test(`${code}: ${reason}, ${message.slice(0, 60)}`, async () => {
    const { causes } = await diagnosisOf([...noPods, pullFailingPod(POD, message, reason)]);
    assert.is(causes[0]?.code, code);
  });
}

test('create-container-error: what a node lacks is named, and no pod is deleted for it', async () => {
  for (const [message, title, action] of [
    ['cannot load seccomp profile "/x.json"', /^the seccomp profile of .* on node cp-0$/, 'provide-profile'],
    ['apparmor failed to apply profile', /^the AppArmor profile of .* on node cp-0$/, 'provide-profile'],
    ['services have not yet been read at least once', /^the kubelet of node cp-0 cannot read/, 'repair-kubelet'],
    ['failed to sync secret cache: timed out', /^the kubelet of node cp-0 cannot read/, 'repair-kubelet'],
    ['context deadline exceeded', /^the container runtime of node cp-0/, 'restart-pod'],
  ] as const) {
    const { causes } = await diagnosisOf([...noPods, pullFailingPod(POD, message, 'CreateContainerError')]);
    assert.match(causes[0]?.title ?? '', title);
    assert.equal([causes[0]?.code, causes[0]?.mitigation?.action], ['create-container-error', action], message);
  }
});

test('words that only the event has count like those of the container', async () => {
  for (const [code, reason, message] of WAITING.filter(([, one]) => /^Create|^Run/.test(one))) {
    const told = event('e', 'Pod', POD, {
      reason: 'Failed',
      message: `Error: ${message}`,
      time: '2026-03-01T02:59:00Z',
    });
    const { causes } = await diagnosisOf([...noPods, pullFailingPod(POD, '', reason), told]);
    assert.is(causes[0]?.code, code, message);
  }
});

test('an init container that waits is told of like any other', async () => {
  for (const [code, reason, message] of WAITING) {
    const waits = { name: 'istio-init', image: IMAGE, ready: false, state: { waiting: { reason, message } } };
    const [pod] = patched([unreadyPod(POD, { state: { waiting: { reason: 'PodInitializing' } } })], 'Pod', {
      spec: { initContainers: [{ name: 'istio-init', image: IMAGE }] },
      status: { phase: 'Pending', initContainerStatuses: [waits] },
    });
    const { causes } = await diagnosisOf([...noPods, ...(pod ? [pod] : [])]);
    assert.is(causes[0]?.code, code, message);
  }
});

test.run();
