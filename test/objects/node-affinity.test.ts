import * as assert from 'uvu/assert';
import type { Node, PodSpec } from '../../src/model/kubernetes.ts';
import { admitsNode, wantedRoles } from '../../src/objects/node-affinity.ts';
import { suite } from '../helpers/suite.ts';

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

test('the roles that are asked for are the keys whose presence is asked for', () => {
  const spec = terms(
    {
      matchExpressions: [
        { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' },
        { key: 'os', operator: 'In', values: ['x'] },
      ],
    },
    { matchExpressions: [{ key: 'node-role.kubernetes.io/master', operator: 'Exists' }] },
  );
  assert.equal(wantedRoles(spec), ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master']);
  assert.equal(wantedRoles(null), []);
});

test.run();
