import * as assert from 'uvu/assert';
import { taintText, untolerated } from '../../../src/objects/node/taint.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('taints');

const cases: [string, object, object[], boolean][] = [
  ['no toleration', { key: 'a', effect: 'NoSchedule' }, [], true],
  ['the key exists', { key: 'a', value: '1', effect: 'NoSchedule' }, [{ key: 'a', operator: 'Exists' }], false],
  ['another key exists', { key: 'a', effect: 'NoSchedule' }, [{ key: 'b', operator: 'Exists' }], true],
  ['everything is tolerated', { key: 'a', effect: 'NoExecute' }, [{ operator: 'Exists' }], false],
  [
    'the same value',
    { key: 'a', value: '1', effect: 'NoSchedule' },
    [{ key: 'a', operator: 'Equal', value: '1' }],
    false,
  ],
  [
    'the same value, without operator',
    { key: 'a', value: '1', effect: 'NoSchedule' },
    [{ key: 'a', value: '1' }],
    false,
  ],
  ['no value on either side', { key: 'a', effect: 'NoSchedule' }, [{ key: 'a' }], false],
  ['another value', { key: 'a', value: '1', effect: 'NoSchedule' }, [{ key: 'a', value: '2' }], true],
  ['another effect', { key: 'a', effect: 'NoExecute' }, [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }], true],
  ['any effect', { key: 'a', effect: 'NoExecute' }, [{ key: 'a', operator: 'Exists' }], false],
  ['only a preference', { key: 'a', effect: 'PreferNoSchedule' }, [], false],
  ['one of several', { key: 'a', effect: 'NoSchedule' }, [{ key: 'b' }, { key: 'a', operator: 'Exists' }], false],
];

for (const [name, taint, tolerations, keepsAway] of cases) {
  test(`${name}: ${keepsAway ? 'keeps pods away' : 'lets them in'}`, () => {
    assert.is(untolerated({ spec: { taints: [taint] } }, { tolerations }).length === 1, keepsAway);
  });
}

test('a taint reads as kubectl writes it', () => {
  assert.is(taintText({ key: 'dedicated', value: 'infra', effect: 'NoSchedule' }), 'dedicated=infra:NoSchedule');
  assert.is(taintText({ key: 'dedicated', effect: 'NoExecute' }), 'dedicated:NoExecute');
});

test.run();
