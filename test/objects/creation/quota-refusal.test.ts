import * as assert from 'uvu/assert';
import type { PodSpec, ResourceQuota } from '../../../src/model/kubernetes.ts';
import { countedByNow, coveredByNow, roomByNow, sufficesByNow } from '../../../src/objects/creation/quota-refusal.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('what quotas say by now of pods that they refused');
const pod: PodSpec = {
  priorityClassName: 'critical',
  containers: [{ name: 'virt-operator', resources: { requests: { cpu: '10m', memory: '450Mi' } } }],
};
const MESSAGE =
  'pods "x" is forbidden: exceeded quota: q, requested: limits.cpu=1,requests.memory=450Mi, used: limits.cpu=2,requests.memory=1Gi, limited: limits.cpu=2,requests.memory=1Gi';

function quota(hard: Record<string, string>, used: Record<string, string>, spec: object = {}): ResourceQuota {
  return { metadata: { name: 'q' }, spec: { hard, ...spec }, status: { hard, used } };
}
const said = (resourceQuotas: ResourceQuota[] | undefined) => roomByNow(MESSAGE, { resourceQuotas }, pod);

test('a quota that was raised has room, one that was not has none', () => {
  assert.is(
    said([quota({ 'requests.memory': '2Gi' }, { 'requests.memory': '1Gi' })]),
    'ResourceQuota q has room by now: limits.cpu is not limited, requests.memory 1Gi used of 2Gi',
  );
  assert.is(said([quota({ 'requests.memory': '2Gi' }, { 'requests.memory': '1700Mi' })]), null);
  // A limit that the template does not have, but the pods were given.
  assert.is(said([quota({ 'limits.cpu': '2' }, { 'limits.cpu': '2' })]), null);
  // Another resource than the one of the words.
  assert.is(said([quota({ pods: '2' }, { pods: '2' })]), null);
});

test('a spec that was raised is not room yet', () => {
  const raised = {
    ...quota({ 'requests.memory': '1Gi' }, { 'requests.memory': '1Gi' }),
    spec: { hard: { pods: '9' } },
  };
  assert.is(said([raised]), null);
});

test('a quota that is gone refuses nothing; one that was not read may', () => {
  assert.is(said([]), 'ResourceQuota q no longer exists');
  assert.is(said(undefined), null);
});

test('words without numbers tell nothing', () => {
  const full = [quota({ pods: '9' }, { pods: '2' })];
  assert.is(roomByNow('exceeded quota: q, requested: much', { resourceQuotas: full }, pod), null);
});

test('a demand ends with the quota, with its key, or with a LimitRange; not where the container is foreign', () => {
  const words = 'failed quota: q: must specify limits.memory for: virt-operator';
  const demanding = quota({ 'limits.memory': '9Gi' }, {});
  const ask = (one: ResourceQuota, message = words, limitRanges: object[] | undefined = []) =>
    sufficesByNow('q', message, { resourceQuotas: [one], limitRanges }, pod) !== null;
  assert.is(ask(demanding), false);
  assert.is(ask(quota({ pods: '9' }, {})), true);
  assert.is(ask(quota({ pods: '9' }, {}), `${words},sidecar`), false);
  const adding = { spec: { limits: [{ type: 'Container', default: { memory: '1Gi' } }] } };
  assert.is(ask(demanding, words, [adding]), true);
  assert.is(sufficesByNow('q', words, { resourceQuotas: [demanding], limitRanges: undefined }, pod), null);
});

test('a count, and a quota for a class of pods, are found once they are there', () => {
  assert.is(countedByNow('q', { resourceQuotas: [quota({ pods: '9' }, {})] }), null);
  assert.is(
    countedByNow('q', { resourceQuotas: [quota({ pods: '9' }, { pods: '0' })] }),
    'ResourceQuota q is counted by now',
  );
  const scoped = (value: string) =>
    quota(
      { pods: '9' },
      {},
      {
        scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: [value] }] },
      },
    );
  assert.is(coveredByNow({ resourceQuotas: [scoped('other'), quota({}, {})] }, pod), null);
  assert.is(coveredByNow({ resourceQuotas: [scoped('critical')] }, pod), 'ResourceQuota q covers these pods by now');
});

test.run();
