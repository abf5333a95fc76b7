import * as assert from 'uvu/assert';
import type { Pod, PodSpec } from '../../../src/model/kubernetes.ts';
import { portConflicts } from '../../../src/objects/placement/host-port.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('host ports');
const TAKEN = ['8443/TCP (held by pod kube-system/x)'];

function asks(port: object, more: object = {}): PodSpec {
  return { containers: [{ name: 'c', ports: [port] }], ...more } as PodSpec;
}

const cases: [string, PodSpec, PodSpec, string[]][] = [
  ['no host port', asks({ containerPort: 8443 }), asks({ hostPort: 8443 }), []],
  ['the same port', asks({ hostPort: 8443 }), asks({ hostPort: 8443 }), TAKEN],
  ['another port', asks({ hostPort: 8443 }), asks({ hostPort: 8444 }), []],
  ['another protocol', asks({ hostPort: 8443 }), asks({ hostPort: 8443, protocol: 'UDP' }), []],
  ['two addresses', asks({ hostPort: 8443, hostIP: '10.0.0.1' }), asks({ hostPort: 8443, hostIP: '10.0.0.2' }), []],
  ['one address and all', asks({ hostPort: 8443, hostIP: '10.0.0.1' }), asks({ hostPort: 8443 }), TAKEN],
  [
    'the host network on both sides',
    asks({ containerPort: 8443 }, { hostNetwork: true }),
    asks({ containerPort: 8443 }, { hostNetwork: true }),
    TAKEN,
  ],
  [
    'a sidecar',
    asks({ hostPort: 8443 }),
    { initContainers: [{ name: 's', restartPolicy: 'Always', ports: [{ containerPort: 1, hostPort: 8443 }] }] },
    TAKEN,
  ],
];

for (const [name, wanted, held, expected] of cases) {
  test(name, () => {
    const holder: Pod = { metadata: { name: 'x', namespace: 'kube-system' }, spec: held };
    assert.equal(portConflicts(wanted, [holder]), expected);
  });
}

test.run();
