import * as assert from 'uvu/assert';
import type { Node, PodSpec } from '../../../src/model/kubernetes.ts';
import { admitsNode, missingLabels, nodesWithRole, wantedRoles } from '../../../src/objects/placement/node-affinity.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('node affinity');
const node: Node = { metadata: { name: 'cp-0', labels: { role: '', zone: 'a', cores: '8', rack: 'r7' } } };

function terms(...nodeSelectorTerms: object[]): PodSpec {
  return {
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  } as PodSpec;
}

const expression = (key: string, operator: string, ...values: string[]) =>
  terms({ matchExpressions: [{ key, operator, values }] });

const cases: [string, PodSpec | null, boolean][] = [
  ['no wish', null, true],
  ['nodeSelector, met', { nodeSelector: { zone: 'a' } }, true],
  ['nodeSelector, not met', { nodeSelector: { zone: 'b' } }, false],
  ['Exists with an empty value', expression('role', 'Exists'), true],
  ['Exists without the label', expression('gpu', 'Exists'), false],
  ['DoesNotExist', expression('gpu', 'DoesNotExist'), true],
  ['DoesNotExist with an empty value', expression('role', 'DoesNotExist'), false],
  ['In', expression('zone', 'In', 'a', 'b'), true],
  ['In without the label', expression('gpu', 'In', 'a'), false],
  ['NotIn', expression('zone', 'NotIn', 'a'), false],
  ['NotIn without the label', expression('gpu', 'NotIn', 'a'), true],
  ['Gt', expression('cores', 'Gt', '4'), true],
  ['Gt, equal', expression('cores', 'Gt', '8'), false],
  ['Lt', expression('cores', 'Lt', '16'), true],
  ['Gt of what is no number', expression('rack', 'Gt', '1'), false],
  ['Lt of an empty value', expression('role', 'Lt', '1'), false],
  ['an unknown operator', expression('zone', 'Like', 'a'), false],
  [
    'one of two terms',
    terms(
      { matchExpressions: [{ key: 'gpu', operator: 'Exists' }] },
      { matchExpressions: [{ key: 'role', operator: 'Exists' }] },
    ),
    true,
  ],
  [
    'both parts of one term',
    terms({
      matchExpressions: [
        { key: 'role', operator: 'Exists' },
        { key: 'gpu', operator: 'Exists' },
      ],
    }),
    false,
  ],
  ['the name of the node', terms({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['cp-0'] }] }), true],
  ['another name', terms({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['cp-1'] }] }), false],
  ['an empty term', terms({}), false],
  ['no term', terms(), false],
];

for (const [name, spec, admits] of cases) {
  test(`${name}: ${admits ? 'admits' : 'does not admit'}`, () => assert.is(admitsNode(spec, node), admits));
}

test('the roles that are asked for are the role labels whose presence is asked for', () => {
  const spec = terms(
    {
      matchExpressions: [
        { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' },
        { key: 'os', operator: 'In', values: ['x'] },
        { key: 'gpu', operator: 'Exists' },
      ],
    },
    { matchExpressions: [{ key: 'node-role.kubernetes.io/master', operator: 'Exists' }] },
  );
  assert.equal(wantedRoles(spec), ['control-plane', 'master']);
  assert.equal(wantedRoles(null), []);
});

test('nodes with one of the wanted roles, or all nodes when none is wanted', () => {
  const nodes = [
    { name: 'cp-0', status: 'Ready', roles: 'control-plane,etcd' },
    { name: 'w', status: 'Ready', roles: '<none>' },
  ];
  assert.equal(nodesWithRole({ total: 2, nodes }, ['control-plane', 'master']), ['cp-0']);
  assert.equal(nodesWithRole({ total: 2, nodes }, []), ['cp-0', 'w']);
  assert.equal(nodesWithRole(null, []), []);
});

test('what a node lacks: its node selector, and of the terms the one that lacks least', () => {
  const spec = terms(
    {
      matchExpressions: [
        { key: 'gpu', operator: 'Exists' },
        { key: 'rack', operator: 'DoesNotExist' },
      ],
    },
    { matchExpressions: [{ key: 'zone', operator: 'In', values: ['b', 'c'] }] },
  );
  assert.equal(missingLabels({ ...spec, nodeSelector: { disk: 'ssd', zone: 'a' } }, node), [
    'disk=ssd',
    'zone In (b, c)',
  ]);
  assert.equal(missingLabels(terms({ matchExpressions: [{ key: 'rack', operator: 'DoesNotExist' }] }), node), [
    '!rack',
  ]);
  assert.equal(missingLabels(null, node), []);
});

test.run();
