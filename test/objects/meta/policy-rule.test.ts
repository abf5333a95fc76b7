import * as assert from 'uvu/assert';
import { isAllowed } from '../../../src/objects/meta/policy-rule.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('what a rule of RBAC allows');
const wanted = { verb: 'update', group: 'apps', resource: 'replicasets/finalizers', name: 'a' };
const exact = { verbs: ['update'], apiGroups: ['apps'], resources: ['replicasets/finalizers'] };

/** Kubernetes 1.36 pkg/apis/rbac/v1/evaluation_helpers.go. */
const RULES: [string, object | null, boolean][] = [
  ['the very thing', exact, true],
  ['all verbs, groups and resources', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, true],
  ['that part of every resource', { ...exact, resources: ['*/finalizers'] }, true],
  ['the resource without its part', { ...exact, resources: ['replicasets'] }, false],
  ['another verb', { ...exact, verbs: ['get'] }, false],
  ['another group', { ...exact, apiGroups: [''] }, false],
  ['this name', { ...exact, resourceNames: ['a', 'b'] }, true],
  ['other names', { ...exact, resourceNames: ['b'] }, false],
  ['no group', { verbs: ['*'], resources: ['*'] }, false],
  ['nothing at all', null, false],
];

for (const [name, rule, allowed] of RULES) {
  test(name, () => assert.is(isAllowed([rule], wanted), allowed));
}

test('names are for requests that have one', () => {
  assert.not(
    isAllowed([{ ...exact, resourceNames: ['a'] }], { verb: 'update', group: 'apps', resource: wanted.resource }),
  );
  assert.not(isAllowed(undefined, wanted));
});

test.run();
