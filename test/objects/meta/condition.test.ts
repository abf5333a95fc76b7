import * as assert from 'uvu/assert';
import { condition } from '../../../src/objects/meta/condition.ts';
import { list } from '../../../src/objects/meta/list.ts';
import { isControlledBy, nameOf, reference } from '../../../src/objects/meta/reference.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('conditions, lists and references');

test('a condition is found by its type; of two the last counts', () => {
  const conditions = [{ type: 'Ready', status: 'False' }, { type: 'Other' }, { type: 'Ready', status: 'True' }];
  assert.equal(condition(conditions, 'Ready'), { type: 'Ready', status: 'True' });
  assert.is(condition(conditions, 'Initialized'), null);
  assert.is(condition(null, 'Ready'), null);
});

test('a list that is missing, malformed or has holes', () => {
  assert.equal(list([1, null, 2, undefined]), [1, 2]);
  for (const odd of [null, undefined, 'text', {}, 7]) assert.equal(list(odd as unknown as null), []);
});

test('an object is referred to by kind, namespace and name', () => {
  assert.equal(reference('Pod', { metadata: { namespace: 'n', name: 'p' } }), {
    kind: 'Pod',
    namespace: 'n',
    name: 'p',
  });
  assert.equal(reference('Node', null), { kind: 'Node', namespace: null, name: '<unnamed>' });
  assert.is(nameOf({ metadata: {} }), '<unnamed>');
});

test('the controller is known by its uid', () => {
  const owned = (uid: string | null, controller: boolean) => ({
    metadata: { ownerReferences: [{ uid, controller, name: 'o', kind: 'ReplicaSet', apiVersion: 'apps/v1' }] },
  });
  const owner = { metadata: { name: 'o', uid: 'u' } };
  assert.is(isControlledBy(owned('u', true), owner), true);
  assert.is(isControlledBy(owned('v', true), owner), false, 'the name was reused');
  assert.is(isControlledBy(owned('u', false), owner), false);
  assert.is(isControlledBy(owned(null, true), { metadata: { name: 'o' } }), false);
});

test.run();
