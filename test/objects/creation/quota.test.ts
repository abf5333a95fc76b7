import * as assert from 'uvu/assert';
import type { PodSpec, ResourceQuota } from '../../../src/model/kubernetes.ts';
import { overruns, overrunText, quotaCovers } from '../../../src/objects/creation/quota.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('quotas');
const pod: PodSpec = {
  priorityClassName: 'kubevirt-cluster-critical',
  containers: [{ resources: { requests: { cpu: '10m', memory: '450Mi' } } }],
};

function quota(hard: Record<string, string>, used: Record<string, string>): ResourceQuota {
  return { spec: { hard }, status: { hard, used } };
}

const cases: [string, Record<string, string>, Record<string, string>, string[]][] = [
  ['room for one more', { 'requests.memory': '900Mi' }, { 'requests.memory': '450Mi' }, []],
  ['no room', { 'requests.memory': '899Mi' }, { 'requests.memory': '450Mi' }, ['requests.memory']],
  ['memory means requests.memory', { memory: '500Mi' }, { memory: '450Mi' }, ['memory']],
  ['cpu to the millisecond', { 'requests.cpu': '4' }, { 'requests.cpu': '3990m' }, []],
  ['pods', { pods: '2' }, { pods: '2' }, ['pods']],
  ['count/pods', { 'count/pods': '2' }, { 'count/pods': '2' }, ['count/pods']],
  ['nothing allowed, nothing used yet', { pods: '0' }, {}, ['pods']],
  ['limits that the pod does not have', { 'limits.memory': '1' }, { 'limits.memory': '1' }, []],
  ['what is no concern of pods', { services: '0', 'requests.storage': '0' }, {}, []],
  ['several at once', { pods: '1', memory: '1Mi' }, { pods: '1', memory: '0' }, ['memory', 'pods']],
];

for (const [name, hard, used, resources] of cases) {
  test(name, () =>
    assert.equal(
      overruns(quota(hard, used), pod)
        .map(({ resource }) => resource)
        .sort(),
      resources,
    ),
  );
}

test('limits count where the pod has them', () => {
  const limited: PodSpec = { containers: [{ resources: { limits: { memory: '1Gi' } } }] };
  assert.equal(
    overruns(quota({ 'limits.memory': '512Mi' }, {}), limited).map(({ resource }) => resource),
    ['limits.memory'],
  );
});

test('the admission plugin goes by the status, not by a spec that was just edited', () => {
  const edited: ResourceQuota = { spec: { hard: { pods: '9' } }, status: { hard: { pods: '2' }, used: { pods: '2' } } };
  assert.is(overruns(edited, pod).length, 1);
});

test('the arithmetic is shown as people write it', () => {
  const [over] = overruns(quota({ 'requests.memory': '2Gi' }, { 'requests.memory': '1800Mi' }), pod);
  assert.is(over && overrunText(over), 'requests.memory: 1.8Gi used of 2Gi, one pod asks for 450Mi');
});

const selector = (operator: string, ...values: string[]) => ({
  scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, values }] },
});
const scopes: [string, object, boolean][] = [
  ['none', {}, true],
  ['NotTerminating and NotBestEffort', { scopes: ['NotTerminating', 'NotBestEffort'] }, true],
  ['Terminating', { scopes: ['Terminating'] }, false],
  ['BestEffort', { scopes: ['BestEffort'] }, false],
  ['CrossNamespacePodAffinity', { scopes: ['CrossNamespacePodAffinity'] }, false],
  ['PriorityClass, any', { scopes: ['PriorityClass'] }, true],
  ['PriorityClass In ours', selector('In', 'kubevirt-cluster-critical'), true],
  ['PriorityClass In others', selector('In', 'low'), false],
  ['PriorityClass NotIn ours', selector('NotIn', 'kubevirt-cluster-critical'), false],
  ['PriorityClass NotIn others', selector('NotIn', 'low'), true],
  ['PriorityClass Exists', selector('Exists'), true],
  ['PriorityClass DoesNotExist', selector('DoesNotExist'), false],
];

for (const [name, spec, covers] of scopes) {
  test(`scope ${name} ${covers ? 'covers' : 'does not cover'} the operator`, () =>
    assert.is(quotaCovers({ spec }, pod), covers));
}

test('a pod without a priority class is in no PriorityClass scope', () => {
  assert.is(quotaCovers({ spec: { scopes: ['PriorityClass'] } }, {}), false);
  assert.is(quotaCovers({ spec: selector('DoesNotExist') }, {}), true);
});

test.run();
