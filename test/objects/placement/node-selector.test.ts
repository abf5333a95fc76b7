import * as assert from 'uvu/assert';
import { nodeSelectors } from '../../../src/objects/placement/node-selector.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('node selectors');

function affinity(...nodeSelectorTerms: object[]) {
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

test('without affinity the nodeSelector alone decides', () => {
  assert.equal(nodeSelectors({ nodeSelector: { os: 'linux', arch: 'arm64' } }, null), [
    { labelSelector: 'os=linux,arch=arm64', fieldSelector: '' },
  ]);
  assert.equal(nodeSelectors(null, null), [{ labelSelector: '', fieldSelector: '' }]);
});

test('each affinity term is one selector, together with the nodeSelector', () => {
  const expressions = [
    { key: 'a', operator: 'In', values: ['x', 'y'] },
    { key: 'b', operator: 'NotIn', values: ['z'] },
    { key: 'c', operator: 'Exists' },
    { key: 'd', operator: 'DoesNotExist' },
    { key: 'e', operator: 'Gt', values: ['4'] },
    { key: 'f', operator: 'Lt', values: ['8'] },
  ];
  const fields = [{ key: 'metadata.name', operator: 'In', values: ['n1'] }];
  const spec = {
    nodeSelector: { os: 'linux' },
    affinity: affinity({ matchExpressions: expressions }, { matchFields: fields }),
  };
  assert.equal(nodeSelectors(spec, null), [
    { labelSelector: 'os=linux,a in (x,y),b notin (z),c,!d,e>4,f<8', fieldSelector: '' },
    { labelSelector: 'os=linux', fieldSelector: 'metadata.name=n1' },
  ]);
});

test('an empty term admits no node', () => {
  assert.equal(nodeSelectors({ affinity: affinity({}) }, null), []);
});

const ROLES = ['control-plane', 'master'].map((role) => ({
  matchExpressions: [{ key: `node-role.kubernetes.io/${role}`, operator: 'Exists' }],
}));
const asked = (nodes: { name: string; roles: string }[], total = nodes.length) => {
  const overview = { total, nodes: nodes.map((node) => ({ ...node, status: 'Ready' })) };
  return nodeSelectors({ affinity: affinity(...ROLES) }, overview).map(({ labelSelector }) => labelSelector);
};
const [CONTROL_PLANE, MASTER] = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

test('a role that no node has is not asked for', () => {
  assert.equal(asked([{ name: 'cp-0', roles: 'control-plane' }]), [CONTROL_PLANE]);
  assert.equal(asked([{ name: 'cp-0', roles: 'control-plane,master' }]), [CONTROL_PLANE, MASTER]);
});

test('a role is asked for where not all nodes were seen', () => {
  assert.equal(asked([{ name: 'cp-0', roles: 'control-plane' }], 600), [CONTROL_PLANE, MASTER]);
});

test('where no node has any of the roles one is asked for all the same', () => {
  assert.equal(asked([{ name: 'w-0', roles: '<none>' }]), [CONTROL_PLANE]);
});

test.run();
