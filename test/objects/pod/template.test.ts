import * as assert from 'uvu/assert';
import type { PodTemplate } from '../../../src/model/kubernetes.ts';
import { sameTemplate } from '../../../src/objects/pod/template.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('pod templates');
const labels = { app: 'x' };
const base: PodTemplate = { metadata: { labels }, spec: { containers: [{ name: 'a', args: ['1', '2'] }] } };

const cases: [string, PodTemplate | null, boolean][] = [
  ['itself', structuredClone(base), true],
  [
    'with the hash that the controller adds',
    { ...base, metadata: { labels: { ...labels, 'pod-template-hash': '5d' } } },
    true,
  ],
  ['with its keys in another order', { spec: base.spec ?? null, metadata: { labels } }, true],
  ['with a null that means nothing', { ...base, metadata: { labels, creationTimestamp: null } }, true],
  ['with another label', { ...base, metadata: { labels: { app: 'y' } } }, false],
  [
    'with an annotation',
    { ...base, metadata: { labels, annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' } } },
    false,
  ],
  ['with its arguments in another order', { ...base, spec: { containers: [{ name: 'a', args: ['2', '1'] }] } }, false],
  ['no template', null, false],
];

for (const [name, other, same] of cases) {
  test(`${name}: ${same ? 'the same' : 'another'}`, () => {
    assert.is(sameTemplate(base, other), same);
    assert.is(sameTemplate(other, base), same);
  });
}

test('two missing templates are not the same', () => assert.is(sameTemplate(null, undefined), false));

test.run();
