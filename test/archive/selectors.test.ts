import * as assert from 'uvu/assert';
import { fieldMatcher, labelMatcher } from '../../src/archive/selectors.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('archive selectors');

const object = {
  metadata: { name: 'cp-0', labels: { role: 'control-plane', cores: '8', empty: '' } },
  spec: { nodeName: 'n1' },
};

test('label selectors select as the API server does', () => {
  const cases: [string, boolean][] = [
    ['', true],
    ['role=control-plane', true],
    ['role==worker', false],
    ['role!=worker', true],
    ['missing!=x', true],
    ['role in (worker, control-plane)', true],
    ['role notin (worker,control-plane)', false],
    ['missing in (x)', false],
    ['missing notin (x)', true],
    ['empty=', true],
    ['role', true],
    ['!role', false],
    ['!missing', true],
    ['cores>4', true],
    ['cores<4', false],
    ['missing>4', false],
    ['role in (a,control-plane),cores=8', true],
    ['role in (a,control-plane),cores=9', false],
  ];
  for (const [selector, expected] of cases) assert.is(labelMatcher(selector)(object), expected, selector);
});

test('field selectors compare any path; a missing field is empty', () => {
  const cases: [string, boolean][] = [
    ['metadata.name=cp-0', true],
    ['metadata.name==cp-1', false],
    ['spec.nodeName=n1,status.phase!=Succeeded,status.phase!=Failed', true],
    ['spec.nodeName!=n1', false],
    ['status.phase=', true],
  ];
  for (const [selector, expected] of cases) assert.is(fieldMatcher(selector)(object), expected, selector);
});

test.run();
