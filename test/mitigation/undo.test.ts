import * as assert from 'uvu/assert';
import { afterChange } from '../../src/mitigation/apply-patch.ts';
import { diffLines } from '../../src/mitigation/diff.ts';
import { jsonPatch, mergePatch } from '../../src/mitigation/requests.ts';
import { targetOf } from '../../src/mitigation/target.ts';
import { type Reversal, reversalOf, undoAction } from '../../src/mitigation/undo.ts';
import type { Action } from '../../src/model/action.ts';
import type { KubernetesObject } from '../../src/model/kubernetes.ts';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('undo');
const DEPLOYMENT = object(
  'apps/v1',
  'Deployment',
  { name: 'virt-operator', namespace: 'kubevirt', uid: 'd', resourceVersion: '5' },
  { spec: { replicas: 0, paused: true, list: [{ name: 'a', on: 1 }, { name: 'b' }] } },
);

function action(before: TestObject, request: Action['request'], undo: Action['undo'] = { possible: true }): Action {
  const target = targetOf('Deployment', before);
  const words = { title: 'Scale it', precondition: '', risk: 'low', cautions: [], rights: [], command: '' } as const;
  return { name: 'scale-up', target, before, request, undo, ...words };
}

const scale = action(
  DEPLOYMENT,
  mergePatch(targetOf('Deployment', DEPLOYMENT), DEPLOYMENT, { spec: { replicas: 2 } }, '/scale'),
);

function kept(change: Action): Reversal {
  const reversal = reversalOf(change);
  assert.ok(reversal);
  return reversal as Reversal;
}

/** The object after a change, as the API server would have stored it. */
function stored(change: Action, more: object = {}): KubernetesObject {
  const after = afterChange(change.before, change.request) as TestObject;
  return { ...after, metadata: { ...after.metadata, resourceVersion: '9' }, ...more };
}

test('a change that was not disturbed is taken back, by its old value', () => {
  const reversal = kept(scale);
  const undo = undoAction(reversal, stored(scale));
  assert.type(undo, 'object');
  const { request } = undo as Action;
  assert.is(request.path, '/apis/apps/v1/namespaces/kubevirt/deployments/virt-operator/scale');
  assert.equal(request.body, [
    { op: 'test', path: '/metadata/uid', value: 'd' },
    { op: 'test', path: '/metadata/resourceVersion', value: '9' },
    { op: 'test', path: '/spec/replicas', value: 2 },
    { op: 'replace', path: '/spec/replicas', value: 0 },
  ]);
  assert.equal((afterChange(stored(scale), request) as TestObject).spec, DEPLOYMENT.spec);
});

test('what the API server dropped with the last value in it comes back too', () => {
  const limits = { limits: [{ type: 'Container', default: { cpu: '1', memory: '1Gi' } }] };
  const before = { ...DEPLOYMENT, spec: limits };
  const remove = (name: string) => ({ op: 'remove', path: `/spec/limits/0/default/${name}` }) as const;
  const change = action(before, jsonPatch(targetOf('Deployment', before), before, [remove('cpu'), remove('memory')]));
  const now = stored(change, { spec: { limits: [{ type: 'Container' }] } });
  const { request } = undoAction(kept(change), now) as Action;
  assert.equal((request.body as unknown[]).slice(2), [
    { op: 'add', path: '/spec/limits/0/default', value: { cpu: '1' } },
    { op: 'add', path: '/spec/limits/0/default/memory', value: '1Gi' },
  ]);
});

test('it is refused when somebody changed the same value, or the object is another one', () => {
  const reversal = kept(scale);
  const other = stored(scale, { spec: { replicas: 3 } });
  assert.is(
    undoAction(reversal, other),
    'Deployment virt-operator was changed since: spec.replicas; decide by hand what it should be: kubectl -n kubevirt get deployment virt-operator -o yaml',
  );
  const reborn = stored(scale, { metadata: { ...DEPLOYMENT.metadata, uid: 'e' } });
  assert.match(String(undoAction(reversal, reborn)), 'is another object now');
  assert.match(String(undoAction(reversal, null)), 'does not exist any more');
});

test('a value that the change removed comes back', () => {
  const target = targetOf('Deployment', DEPLOYMENT);
  const resume = action(DEPLOYMENT, mergePatch(target, DEPLOYMENT, { spec: { paused: null } }));
  const undo = undoAction(kept(resume), stored(resume)) as Action;
  assert.equal(afterChange(stored(resume), undo.request), stored(resume, { spec: DEPLOYMENT.spec }));
});

test('so does one inside a list, and a list that became shorter', () => {
  const target = targetOf('Deployment', DEPLOYMENT);
  for (const path of ['/spec/list/0/on', '/spec/list/1']) {
    const remove = action(DEPLOYMENT, jsonPatch(target, DEPLOYMENT, [{ op: 'remove', path }]));
    const undo = undoAction(kept(remove), stored(remove)) as Action;
    assert.equal((afterChange(stored(remove), undo.request) as TestObject).spec, DEPLOYMENT.spec, path);
  }
});

test('a quantity that the server wrote in another way is the same', () => {
  const quota = object('v1', 'ResourceQuota', { name: 'q', uid: 'q' }, { spec: { hard: { memory: '1Gi' } } });
  const target = targetOf('ResourceQuota', quota);
  const raise = { ...action(quota, mergePatch(target, quota, { spec: { hard: { memory: '2048Mi' } } })), target };
  const now = { ...quota, spec: { hard: { memory: '2Gi' } } };
  assert.type(undoAction(kept(raise), now), 'object');
});

test('what was created is deleted only while it is the one that was created', () => {
  const made = object('v1', 'ServiceAccount', { name: 'sa', namespace: 'n', labels: { a: 'b', none: '' } });
  const path = '/api/v1/namespaces/n/serviceaccounts';
  const target = targetOf('ServiceAccount', made);
  const create: Action = {
    ...action(made, { method: 'POST', path, contentType: 'application/json', body: made }),
    before: null,
    target,
  };
  const reversal = kept(create);
  const managedFields = [{ manager: 'kubectl-virtop' }];
  const now = { ...made, metadata: { ...made.metadata, labels: { a: 'b' }, uid: 'u', managedFields } };
  const undo = undoAction(reversal, now) as Action;
  assert.is(undo.request.method, 'DELETE');
  assert.equal((undo.request.body as TestObject).preconditions, { uid: 'u' });
  const theirs = { ...now, metadata: { ...now.metadata, managedFields: [{ manager: 'kubectl' }] } };
  assert.match(String(undoAction(reversal, theirs)), 'was made by somebody else');
  assert.is(undoAction(reversal, null), 'ServiceAccount sa is already gone');
});

test('nothing is kept of what cannot be taken back', () => {
  assert.is(reversalOf({ ...scale, undo: { possible: false, why: 'gone' } }), null);
});

test('a diff shows what changes, where, and of a list only the items that do', () => {
  const after = structuredClone(DEPLOYMENT);
  after.spec = { replicas: 2, paused: true, list: [{ name: 'a', on: 1 }] };
  assert.equal(
    diffLines(DEPLOYMENT, after).map(({ sign, text }) => sign + text),
    [' spec:', '   list:', '-  - name: b', '-  replicas: 0', '+  replicas: 2'],
  );
});

test('a long diff is cut, and secrets in it are hidden', () => {
  const env = Array.from({ length: 80 }, (_, index) => ({ name: `V${index}`, value: 'password=hunter22' }));
  const lines = diffLines(DEPLOYMENT, { ...DEPLOYMENT, spec: { env } } as KubernetesObject);
  assert.is(lines.length, 61);
  assert.match(lines.at(-1)?.text ?? '', /^\.\.\. \d+ more lines$/);
  assert.not.match(JSON.stringify(lines), 'hunter22');
});

test.run();
