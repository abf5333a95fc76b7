import * as assert from 'uvu/assert';
import { nodeSelectors } from '../../src/objects/node-selector.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('node selectors');

function affinity(...nodeSelectorTerms: object[]) {
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

test('without affinity the nodeSelector alone decides', () => {
  assert.equal(nodeSelectors({ nodeSelector: { os: 'linux', arch: 'arm64' } }), [
    { labelSelector: 'os=linux,arch=arm64', fieldSelector: '' },
  ]);
  assert.equal(nodeSelectors(null), [{ labelSelector: '', fieldSelector: '' }]);
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
  assert.equal(nodeSelectors(spec), [
    { labelSelector: 'os=linux,a in (x,y),b notin (z),c,!d,e>4,f<8', fieldSelector: '' },
    { labelSelector: 'os=linux', fieldSelector: 'metadata.name=n1' },
  ]);
});

test('an empty term admits no node', () => {
  assert.equal(nodeSelectors({ affinity: affinity({}) }), []);
});

test.run();
