import * as assert from 'uvu/assert';
import type { Pod } from '../../../src/model/kubernetes.ts';
import { type StartClass, startFailures } from '../../../src/objects/container/start-failure.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('containers that do not start');
const READ_AT = '2026-03-01T03:00:00Z';
const runc = (tail: string) =>
  `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${tail}`;

/** What kubelets, containerd, CRI-O, runc, crun and Docker say. */
const words: Record<StartClass, string[]> = {
  'config-missing-ref': [
    'secret "s" not found',
    'configmap "c" not found',
    "couldn't find key k in Secret kubevirt/s",
    "couldn't find key k in ConfigMap kubevirt/c",
  ],
  'config-run-as-nonroot': [
    'container has runAsNonRoot and image will run as root (pod: "virt-operator-1_kubevirt(u)", container: virt-operator)',
    'container has runAsNonRoot and image has non-numeric user (nonroot), cannot verify user is non-root (pod: "x")',
    'container\'s runAsUser breaks non-root policy (pod: "x", container: virt-operator)',
  ],
  'exec-not-found': [
    runc('exec: "virt-operator": executable file not found in $PATH: unknown'),
    runc('error during container init: exec: "virt-operator": executable file not found in $PATH: unknown'),
    runc('exec: "/usr/bin/virt-operator": stat /usr/bin/virt-operator: no such file or directory: unknown'),
    'container create failed: executable file `virt-operator` not found in $PATH: No such file or directory',
  ],
  'exec-permission-denied': [
    runc('exec: "/usr/bin/virt-operator": permission denied: unknown'),
    'container create failed: open executable: Permission denied',
  ],
  'exec-format-error': [runc('exec /usr/bin/virt-operator: exec format error: unknown')],
  'hook-failed': [],
  'create-container-error': [
    'failed to reserve container name "x": name "x" is reserved for "3f"',
    'failed to reserve container name: check if another CreateContainer request is in progress',
    'context deadline exceeded',
    'failed to generate container "3f" spec: failed to generate spec: path "/x" is mounted on "/" but is not shared',
    'container create failed: time="x" level=error msg="x"',
    'failed to mount container k8s_x: device or resource busy',
    '',
  ],
};

function podWith(status: object): Pod {
  return { metadata: { name: 'p', uid: 'u' }, status: { containerStatuses: [{ name: 'virt-operator', ...status }] } };
}

for (const [kind, texts] of Object.entries(words)) {
  for (const message of texts) {
    test(`${kind}: ${message}`, () => {
      const terminated = { reason: 'StartError', exitCode: 128, message };
      const reasons = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'];
      const pods = [
        ...reasons.map((reason) => podWith({ state: { waiting: { reason, message } } })),
        podWith({ state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated } }),
      ];
      for (const pod of pods) assert.is(startFailures([pod], READ_AT, null, kind as StartClass).length, 1);
    });
  }
}

test('a reason without words takes them from the newest event', () => {
  const pod = podWith({ state: { waiting: { reason: 'CreateContainerConfigError' } } });
  const events = [{ involvedObject: { uid: 'u' }, reason: 'Failed', message: 'Error: secret "s" not found' }];
  assert.is(startFailures([pod], READ_AT, events, 'config-missing-ref').length, 1);
});

test('a container that ran and ended is no failure to start', () => {
  const terminated = { reason: 'Error', exitCode: 1, message: 'permission denied' };
  const pod = podWith({ state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated } });
  for (const kind of Object.keys(words)) {
    assert.equal(startFailures([pod], READ_AT, null, kind as StartClass), []);
  }
});

test.run();
