import * as assert from 'uvu/assert';
import type { TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { diagnosisOf, event, installed, unreadyPod, without } from './outage.ts';

const test = suite('every wording while a pod is set up');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';
const CREATING = unreadyPod(POD, { state: { waiting: { reason: 'ContainerCreating' } } });
/** What the container runtimes and the kubelet say while a pod is set up, with the event's reason. */
const SETUP: Record<string, [string, string][]> = {
  'sandbox-cni-failed': [
    'failed to setup network for sandbox "0a1b": plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized',
    'failed to setup network for sandbox "0a1b": plugin type="bridge" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.244.0.1-10.244.0.254',
    'failed to setup network for sandbox "0a1b": stat /var/lib/calico/nodename: no such file or directory: check that the calico/node container is running',
    'failed to create pod network sandbox k8s_virt-operator_kubevirt_0a1b_0(0a1b): error adding pod to CNI network "multus-cni-network": plugin type="multus" failed',
    'failed to setup network for sandbox "0a1b": plugin type="cilium-cni" failed (add): unable to connect to Cilium daemon: failed to create cilium agent client',
    'failed to create pod network sandbox k8s_x(0a1b): Multus: [kubevirt/virt-operator]: error waiting for pod: Unauthorized',
    'failed to create pod network sandbox k8s_x(0a1b): failed to configure pod interface: timed out waiting for OVS port binding',
    'failed to setup network for sandbox "0a1b": plugin type="flannel" failed (add): loadFlannelSubnetEnv failed: open /run/flannel/subnet.env: no such file or directory',
    'failed to setup network for sandbox "0a1b": plugin type="loopback" failed (add): failed to find plugin "loopback" in path [/opt/cni/bin]',
    'failed to setup network for sandbox "0a1b": plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
    'failed to create pod network sandbox k8s_x(0a1b): error adding pod kubevirt_x to CNI network "multus-cni-network": plugin type="multus-shim" name="multus-cni-network" failed (add): CmdAdd (shim): CNI request failed with status 400',
    'networkPlugin cni failed to set up pod "virt-operator_kubevirt" network: x',
  ].map((tail) => ['FailedCreatePodSandBox', `Failed to create pod sandbox: rpc error: code = Unknown desc = ${tail}`]),
  'network-not-ready': [
    [
      'NetworkNotReady',
      'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    ],
  ],
  'sandbox-pause-image': [
    'failed to get sandbox image "registry.k8s.io/pause:3.10": failed to pull image "registry.k8s.io/pause:3.10": failed to resolve reference: dial tcp: lookup registry.k8s.io: no such host',
    'failed to start sandbox "0a1b": failed to get sandbox image "registry.k8s.io/pause:3.10": x',
    'failed to get sandbox image "rancher/mirrored-pause:3.6": failed to pull image "rancher/mirrored-pause:3.6": failed to unpack image on snapshotter overlayfs: unexpected media type text/html for sha256:0a: not found',
  ].map((tail) => ['FailedCreatePodSandBox', `Failed to create pod sandbox: rpc error: code = Unknown desc = ${tail}`]),
  'sandbox-runtime': [
    ...[
      'failed to reserve sandbox name "x": name "x" is reserved for "0a1b"',
      'no runtime for "kata" is configured',
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed',
      'cgroups: cgroup mountpoint does not exist',
      'failed to create containerd task: failed to start shim: open /dev/null: too many open files: unknown',
      'runc create failed: expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got "/kubepods/x" instead: unknown',
      'failed to create containerd container: create snapshot: mkdir /var/lib/containerd/x: no space left on device',
      'context deadline exceeded',
    ].map((tail): [string, string] => [
      'FailedCreatePodSandBox',
      `Failed to create pod sandbox: rpc error: code = Unknown desc = ${tail}`,
    ]),
    [
      'FailedCreatePodContainer',
      'unable to ensure pod container exists: failed to create container for [kubepods burstable pod0a1b]',
    ],
    ['Failed', 'error making pod data directories: mkdir /var/lib/kubelet/pods/0a1b: no space left on device'],
  ],
  'volume-mount-failed': [
    'MountVolume.SetUp failed for volume "v" : secret "s" not found',
    'MountVolume.SetUp failed for volume "v" : configmap "c" not found',
    'MountVolume.SetUp failed for volume "v" : references non-existent secret key: k',
    'MountVolume.SetUp failed for volume "v" : configmap references non-existent config key: k',
    'MountVolume.SetUp failed for volume "kube-api-access-x" : failed to fetch token: serviceaccounts "kubevirt-operator" not found',
    'Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition',
    'Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[v kube-api-access-x]: timed out waiting for the condition',
    'Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[]: context deadline exceeded',
  ].map((words) => ['FailedMount', words]),
  'volume-attach-failed': [
    ['FailedAttachVolume', 'Multi-Attach error for volume "pvc-0a1b" Volume is already used by pod(s) x'],
    ['FailedAttachVolume', 'AttachVolume.Attach failed for volume "pvc-0a1b" : rpc error: code = Internal desc = x'],
  ],
};

for (const [code, wordings] of Object.entries(SETUP)) {
  test(`${code}: every event is likely`, async () => {
    for (const [reason, message] of wordings) {
      for (const words of [message, `(combined from similar events): ${message}`]) {
        const told = event('e', 'Pod', POD, { reason, message: words, time: '2026-03-01T02:59:00Z' });
        const changed = event('s', 'Pod', POD, {
          reason: 'SandboxChanged',
          message: 'Pod sandbox changed, it will be killed and re-created.',
          time: '2026-03-01T02:59:30Z',
        });
        assert.equal(await first([...noPods, CREATING, told, changed]), [code, 'likely'], words);
      }
    }
  });
}

/** Texts that pass by themselves. */
test('volume-mount-failed: words of a kubelet that only starts to watch are possible', async () => {
  for (const message of [
    'MountVolume.SetUp failed for volume "v" : object "kubevirt"/"kube-root-ca.crt" not registered',
    'MountVolume.SetUp failed for volume "v" : failed to sync secret cache: timed out waiting for the condition',
  ]) {
    const told = event('e', 'Pod', POD, { reason: 'FailedMount', message, time: '2026-03-01T02:59:00Z' });
    assert.equal(await first([...noPods, CREATING, told]), ['volume-mount-failed', 'possible'], message);
  }
});

async function first(objects: TestObject[]): Promise<unknown[]> {
  const { causes } = await diagnosisOf(objects);
  return [causes[0]?.code, causes[0]?.confidence];
}

test.run();
