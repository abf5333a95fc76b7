import * as assert from 'uvu/assert';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Evidence, ReadKey } from '../../src/model/evidence.ts';
import type { FailureReason } from '../../src/model/request.ts';
import { rules } from '../../src/rules/index.ts';
import { suite } from '../helpers/suite.ts';
import { evidenceOf, installed, without } from '../rules/outage.ts';

const test = suite('findings of access');
const PODS = '/api/v1/namespaces/kubevirt/pods*';
const CODES = ['auth-forbidden-partial', 'api-throttled', 'api-degraded', 'auth-unauthorized', 'wrong-cluster'];

function access(evidence: Evidence) {
  const { findings, causes } = diagnose(evidence, rules);
  assert.equal(
    causes.filter(({ code }) => CODES.includes(code)),
    [],
    'access is never a root cause',
  );
  return findings.filter(({ code }) => CODES.includes(code));
}

/** The same evidence with these reads failed. */
function failing(evidence: Evidence, reason: FailureReason, message: string, ...keys: ReadKey[]): Evidence {
  const failed = Object.fromEntries(keys.map((key) => [key, { status: 'failed' as const, reason, message }]));
  return { ...evidence, reads: { ...evidence.reads, ...failed } };
}

test('where everything is answered there is no such finding', async () => {
  assert.equal(access(await evidenceOf(installed())), []);
});

test('what may not be read is one finding with every right that is missing, and the line that grants them', async () => {
  const [finding, ...others] = access(await evidenceOf(installed(), [PODS, '/api/v1/nodes*']));
  assert.equal(others, []);
  assert.is(finding?.code, 'auth-forbidden-partial');
  assert.equal([finding?.severity, finding?.confidence], ['warning', 'certain']);
  const rights = finding?.evidence.map(({ text, source }) => `${text} | ${source}`) ?? [];
  assert.ok(
    rights.includes('no right to list pods in namespace kubevirt | kubectl auth can-i list pods -n kubevirt'),
    rights.join('\n'),
  );
  assert.ok(rights.some((one) => one.startsWith('no right to list nodes |')));
  assert.match(finding?.mitigation?.command ?? '', /--verb=get,list --resource=[^ ]*nodes,pods/);
});

const PARTIAL: [reason: FailureReason, code: string][] = [
  ['api-throttled', 'api-throttled'],
  ['api-degraded', 'api-degraded'],
  ['timeout', 'api-degraded'],
  ['api-unreachable', 'api-degraded'],
  ['auth-unauthorized', 'auth-unauthorized'],
];

for (const [reason, code] of PARTIAL) {
  test(`reads that failed (${reason}) beside others are the finding ${code}, with what was not read`, async () => {
    const evidence = failing(await evidenceOf(installed()), reason, 'try Bearer abcdefghijkl', 'events', 'nodes');
    const [finding, ...others] = access(evidence);
    assert.equal(others, []);
    assert.equal([finding?.code, finding?.evidence.length], [code, 2]);
    assert.match(finding?.title ?? '', '2 reads were not answered: try Bearer <redacted>');
    assert.not.match(JSON.stringify(finding), /abcdefghijkl/);
  });
}

test('where a read failed for a reason of its own, it is not checked and no finding', async () => {
  assert.equal(access(failing(await evidenceOf(installed()), 'too-large', 'too large', 'events')), []);
});

test('where no read at all was answered there is nothing to compare with', async () => {
  const evidence = await evidenceOf(installed());
  const all = Object.keys(evidence.reads) as ReadKey[];
  assert.equal(access(failing(evidence, 'api-throttled', 'try later', ...all)), []);
});

test('a cluster without KubeVirt may be the wrong one, and the other contexts are named; saved objects are not', async () => {
  const contexts = Array.from({ length: 12 }, (_, index) => `c${index}`);
  const cluster = { context: 'lab', server: 'https://lab:6443', user: 'alice' };
  const absent = await evidenceOf(installed().filter(({ kind }) => kind === 'Node'));
  const asked = { ...absent, cluster, otherContexts: contexts };
  const [finding] = access(asked);
  assert.is(finding?.title, 'the cluster of context lab has no KubeVirt: another one may be meant');
  assert.equal([finding?.confidence, finding?.mitigation?.command], ['possible', 'kubectl config get-contexts']);
  assert.is(finding?.evidence.at(-1)?.text, 'other contexts: c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 2 more');
  assert.is(diagnose(asked, rules).verdict, 'notInstalled');
  assert.equal(access({ ...absent, cluster: { context: null, server: null, user: null } }), []);
  assert.equal(access({ ...(await evidenceOf(without(installed(), 'Deployment'))), cluster }), []);
});

test.run();
