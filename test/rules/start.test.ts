import * as assert from 'uvu/assert';
import { operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, crashingPod, diagnosisOf, event, installed, patched, unreadyPod, without } from './outage.ts';

const test = suite('rules for pods that do not start');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';
const TIME = '2026-03-01T02:59:00Z';

async function causesOf(...objects: TestObject[]): Promise<unknown> {
  const { causes, findings } = await diagnosisOf([...noPods, ...objects]);
  assert.equal(findings, []);
  return causes.map(({ code, confidence, title }) => [code, confidence, title]);
}

/** A pod on a node whose containers were never begun. */
function pendingOnNode(sandbox = 'False', since = TIME): TestObject {
  const conditions = [
    { type: 'PodReadyToStartContainers', status: sandbox, lastTransitionTime: since },
    { type: 'Ready', status: 'False' },
  ];
  const containerStatuses = [
    { name: 'virt-operator', ready: false, state: { waiting: { reason: 'ContainerCreating' } } },
  ];
  return operatorPod(POD, 'cp-0', 'kubevirt', { status: { phase: 'Pending', conditions, containerStatuses } });
}

const setups: [reason: string, message: string, code: string, title: string][] = [
  [
    'FailedCreatePodSandBox',
    '(combined from similar events): Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "3f": plugin type="calico" failed (add): stat /var/lib/calico/nodename: no such file',
    'sandbox-cni-failed',
    "the network plugin calico of node cp-0 cannot set up the pod's network",
  ],
  [
    'NetworkNotReady',
    'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    'network-not-ready',
    'there is no pod network on node cp-0',
  ],
  [
    'FailedCreatePodSandBox',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.10": failed to pull image "registry.k8s.io/pause:3.10": dial tcp 1.2.3.4:443: i/o timeout',
    'sandbox-pause-image',
    'node cp-0 cannot get the pause image registry.k8s.io/pause:3.10',
  ],
  [
    'FailedCreatePodSandBox',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to reserve sandbox name "x": name "x" is reserved for "3f"',
    'sandbox-runtime',
    "the container runtime of node cp-0 cannot make the pod's sandbox",
  ],
  [
    'FailedMount',
    'MountVolume.SetUp failed for volume "dumps" : secret "dumps-key" not found',
    'volume-mount-failed',
    'volume dumps of virt-operator cannot be mounted: secret dumps-key does not exist',
  ],
  [
    'FailedAttachVolume',
    'Multi-Attach error for volume "pvc-7" Volume is already used by pod(s) other',
    'volume-attach-failed',
    'volume pvc-7 cannot be attached to node cp-0',
  ],
];

for (const [reason, message, code, title] of setups) {
  test(`${code} from event ${reason}`, async () => {
    const told = event('e', 'Pod', POD, { reason, message, time: TIME });
    assert.equal(await causesOf(pendingOnNode(), told), [[code, 'likely', title]]);
  });
}

test('what was told before there was a sandbox is history once there is one', async () => {
  const told = event('e', 'Pod', POD, { reason: 'FailedMount', message: 'secret "x" not found', time: TIME });
  assert.equal(await causesOf(pendingOnNode('True', '2026-03-01T02:59:01Z'), told), []);
});

test('what is told while a pod has a sandbox is no history', async () => {
  const told = event('e', 'Pod', POD, { reason: 'FailedMount', message: 'secret "x" not found', time: TIME });
  const found = (await causesOf(pendingOnNode('True', '2026-03-01T02:58:00Z'), told)) as string[][];
  assert.equal(
    found.map(([code]) => code),
    ['volume-mount-failed'],
  );
});

const toldOnly: [reason: string, message: string, code: string][] = [
  ['Failed', 'Failed to pull image "x": dial tcp: lookup quay.io on 10.0.0.2:53: no such host', 'image-dns'],
  ['ErrImageNeverPull', 'Container image "x" is not present with pull policy of Never', 'image-never-pull'],
  ['InspectFailed', 'Failed to apply default image tag "X": invalid reference format', 'image-name-invalid'],
  ['InspectFailed', 'Failed to inspect image "x": rpc error: code = Unknown', 'image-inspect-error'],
  ['Failed', 'Error: secret "x" not found', 'config-missing-ref'],
  ['Failed', 'Error: exec: "virt-operator": executable file not found in $PATH', 'exec-not-found'],
];

for (const [reason, message, code] of toldOnly) {
  test(`${code} from event ${reason} alone`, async () => {
    const mount = event('e0', 'Pod', POD, { reason: 'FailedMount', message: 'x', time: '2026-03-01T02:50:00Z' });
    const told = event('e1', 'Pod', POD, { reason, message, time: TIME });
    const word = event('e2', 'Pod', POD, { reason: 'Failed', message: 'Error: ErrImagePull', time: TIME });
    const found = (await causesOf(pendingOnNode(), mount, told, word)) as string[][];
    assert.equal(
      found.map(([one, confidence]) => [one, confidence]),
      [[code, 'likely']],
    );
    const pulling = event('e3', 'Pod', POD, { reason: 'Pulling', message: 'x', time: '2026-03-01T02:59:30Z' });
    assert.equal(await causesOf(pendingOnNode(), told, pulling), []);
  });
}

test('the word for a state is not why, what was told before it is', async () => {
  const why = event('e1', 'Pod', POD, { reason: 'Failed', message: 'Error: configmap "x" not found', time: TIME });
  const word = event('e2', 'Pod', POD, { reason: 'Failed', message: 'Error: ErrImagePull', time: TIME });
  const pod = unreadyPod(POD, { state: { waiting: { reason: 'CreateContainerConfigError' } } });
  const found = (await causesOf(pod, why, word)) as string[][];
  assert.equal(
    found.map(([code]) => code),
    ['config-missing-ref'],
  );
});

test('of several words the newest count', async () => {
  const old = event('e1', 'Pod', POD, { reason: 'FailedMount', message: 'x', time: '2026-03-01T02:50:00Z' });
  const newer = event('e2', 'Pod', POD, { reason: 'FailedCreatePodSandBox', message: 'cgroups: x', time: TIME });
  assert.equal(
    ((await causesOf(pendingOnNode(), old, newer)) as string[][]).map(([code]) => code),
    ['sandbox-runtime'],
  );
});

test('an init container that only the status names', async () => {
  const status = patched([initPod({ state: { terminated: { exitCode: 1, reason: 'Error' } } })], 'Pod', {
    spec: { initContainers: null },
  });
  const found = (await causesOf(...status)) as string[][];
  assert.equal(
    found.map(([code]) => code),
    ['init-container-blocked'],
  );
});

const OCI =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed';
const waiting: [reason: string, message: string, code: string, title: string][] = [
  [
    'CreateContainerConfigError',
    'secret "proxy" not found',
    'config-missing-ref',
    'container virt-operator needs Secret proxy, which does not exist',
  ],
  [
    'CreateContainerConfigError',
    "couldn't find key HTTPS_PROXY in ConfigMap kubevirt/proxy",
    'config-missing-ref',
    'container virt-operator needs key HTTPS_PROXY of ConfigMap kubevirt/proxy, which does not exist',
  ],
  [
    'CreateContainerConfigError',
    'container has runAsNonRoot and image will run as root (pod: "x", container: virt-operator)',
    'config-run-as-nonroot',
    'image quay.io/kubevirt/virt-operator:v1.7.0 would run as root, which container virt-operator must not',
  ],
  [
    'CreateContainerError',
    'failed to reserve container name "x": name "x" is reserved for "3f"',
    'create-container-error',
    'the container runtime of node cp-0 cannot make container virt-operator',
  ],
  [
    'RunContainerError',
    `${OCI}: unable to start container process: exec: "virt-operator": executable file not found in $PATH: unknown`,
    'exec-not-found',
    'image quay.io/kubevirt/virt-operator:v1.7.0 has no program virt-operator',
  ],
  ['PostStartHookError', 'PostStartHook failed', 'hook-failed', 'the postStart hook of container virt-operator fails'],
];

for (const [reason, message, code, title] of waiting) {
  test(`${code} from waiting reason ${reason}: ${message}`, async () => {
    const pod = unreadyPod(POD, { restartCount: 0, state: { waiting: { reason, message } } });
    assert.equal(await causesOf(pod), [[code, 'likely', title]]);
  });
}

const ended: [terminated: object, code: string][] = [
  [
    {
      exitCode: 128,
      reason: 'StartError',
      message: `${OCI}: exec: "virt-operator": executable file not found in $PATH`,
    },
    'exec-not-found',
  ],
  [
    { exitCode: 128, reason: 'StartError', message: `${OCI}: exec: "/usr/bin/x": permission denied: unknown` },
    'exec-permission-denied',
  ],
  [{ exitCode: 128, reason: 'StartError', message: 'cgroups: something' }, 'create-container-error'],
  [
    { exitCode: 127, reason: 'ContainerCannotRun', message: 'exec: "x": stat x: no such file or directory' },
    'exec-not-found',
  ],
  [{ exitCode: 127 }, 'exec-not-found'],
  [{ exitCode: 126 }, 'exec-permission-denied'],
  [{ exitCode: 255, message: 'exec /usr/bin/virt-operator: exec format error' }, 'exec-format-error'],
  [
    { exitCode: 1, message: 'standard_init_linux.go:228: exec user process caused: exec format error' },
    'exec-format-error',
  ],
];

for (const [terminated, code] of ended) {
  test(`${code} from ${JSON.stringify(terminated)}`, async () => {
    assert.equal(await answer([...noPods, crashingPod(POD, terminated)]).then(codes), [`${code} likely`]);
  });
}

function codes(answered: object): unknown {
  return (answered as { causes: string[] }).causes;
}

test('a container that the kubelet killed for its hook', async () => {
  const told = event('e', 'Pod', POD, { reason: 'FailedPostStartHook', message: 'PostStartHook failed', time: TIME });
  const pod = crashingPod(POD, { exitCode: 137 });
  assert.equal(await answer([...noPods, pod, told]).then(codes), ['hook-failed likely exit-137-kill']);
});

/** A pod whose init container has this status, while its own container waits. */
function initPod(status: object): TestObject {
  const statuses = {
    status: {
      phase: 'Pending',
      initContainerStatuses: [{ name: 'istio-init', ready: false, restartCount: 4, ...status }],
    },
    spec: { initContainers: [{ name: 'istio-init' }] },
  };
  const [pod] = patched([unreadyPod(POD, { state: { waiting: { reason: 'PodInitializing' } } })], 'Pod', statuses);
  return pod as TestObject;
}

test('an init container that fails, or that never ends', async () => {
  const terminated = { exitCode: 1, reason: 'Error', finishedAt: '2026-03-01T02:58:00Z', message: 'iptables: denied' };
  const failing = initPod({ state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated } });
  const hanging = initPod({ state: { running: { startedAt: '2026-03-01T02:00:00Z' } } });
  const title = 'init container istio-init does not get done';
  for (const pod of [failing, hanging]) {
    assert.equal(await causesOf(pod), [['init-container-blocked', 'certain', title]]);
  }
  const done = initPod({ state: { terminated: { exitCode: 0 } } });
  const fresh = initPod({ state: { running: { startedAt: '2026-03-01T02:59:55Z' } } });
  assert.equal([await causesOf(done), await causesOf(fresh)], [[], []]);
});

test.run();
