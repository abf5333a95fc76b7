import * as assert from 'uvu/assert';
import type { PodTemplate } from '../../../src/model/kubernetes.ts';
import { meetsLevel } from '../../../src/objects/creation/pod-security.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('what a pod security level admits');
const own = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
const container = { name: 'virt-operator', securityContext: own };
const template = (spec: object, change: object = {}): PodTemplate => ({
  spec: { containers: [{ ...container, ...change }], securityContext: { runAsNonRoot: true }, ...spec },
});
const inContainer = (change: object) => template({}, { securityContext: { ...own, ...change } });

const TEMPLATES: [string, PodTemplate | null, boolean, boolean][] = [
  ['that of KubeVirt', template({ volumes: [{ name: 'certs', emptyDir: {} }] }), true, true],
  ['nothing', null, false, false],
  ["the host's network", template({ hostNetwork: true }), false, false],
  ["the host's processes", template({ hostPID: true }), false, false],
  ['a folder of the host', template({ volumes: [{ name: 'x', hostPath: { path: '/' } }] }), false, false],
  ["a port of the host's", template({}, { ports: [{ containerPort: 1, hostPort: 1 }] }), false, false],
  ['a privileged container', inContainer({ privileged: true }), false, false],
  ['an added capability', inContainer({ capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] } }), false, false],
  ['no seccomp', inContainer({ seccompProfile: { type: 'Unconfined' } }), false, false],
  [
    'an init container that is privileged',
    template({ initContainers: [{ securityContext: { privileged: true } }] }),
    false,
    false,
  ],
  ['a share of NFS', template({ volumes: [{ name: 'x', nfs: { path: '/', server: 'n' } }] }), true, false],
  ['root', inContainer({ runAsUser: 0 }), true, false],
  ['perhaps root', template({ securityContext: {} }), true, false],
  ['capabilities that are kept', inContainer({ capabilities: {} }), true, false],
  ['an escalation', inContainer({ allowPrivilegeEscalation: true }), true, false],
];
for (const [name, given, baseline, restricted] of TEMPLATES) {
  test(`a template with ${name}`, () => {
    assert.equal([meetsLevel(given, 'baseline'), meetsLevel(given, 'restricted')], [baseline, restricted]);
  });
}

test('of another level nothing is known', () => {
  assert.is(meetsLevel(template({}), 'wibble'), false);
});

test.run();
