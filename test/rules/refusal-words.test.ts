import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, failedCreate, installed, patched, without } from './outage.ts';

const test = suite('what only the words of a refusal tell');
const NAME = 'virt-operator-1-x7k2p';
const noPods = without(installed(), 'Pod');
const forbidden = (inner: string) => `pods "${NAME}" is forbidden: ${inner}`;
const SCC = 'unable to validate against any security context constraint: [provider "restricted-v2": Forbidden: x]';

/** Every wording, as it follows `Error creating: `. */
const WORDS: Record<string, string[]> = {
  'scc-denied': [
    forbidden(SCC),
    forbidden(
      'failed to retrieve the required SCC "restricted-v2": securitycontextconstraint.security.openshift.io "restricted-v2" not found',
    ),
    forbidden('required scc/restricted-v2 does not match the suggested scc/anyuid'),
    forbidden('no SecurityContextConstraintsProvider available to validate pod request'),
    forbidden('securitycontextconstraints.security.openshift.io cache is not synchronized'),
  ],
  'imagepolicy-denied': [
    forbidden('image policy webhook backend denied one or more images: not signed'),
    forbidden('one or more images rejected by webhook backend'),
    forbidden('Error contacting webhook: 503'),
    forbidden('Post "https://policy.example.com/v1": dial tcp: lookup policy.example.com: no such host'),
  ],
  'podnodeselector-conflict': [
    forbidden('pod node label selector conflicts with its namespace node label selector'),
    forbidden('pod node label selector labels conflict with its namespace whitelist'),
    forbidden(
      'pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist',
    ),
  ],
  'etcd-full-or-slow-create': [
    'etcdserver: mvcc: database space exceeded',
    'etcdserver: request timed out',
    'etcdserver: request timed out, possibly due to previous leader failure',
    'etcdserver: leader changed',
    'etcdserver: no leader',
    'etcdserver: too many requests',
    'the server has received too many requests and has asked us to try again later (post pods)',
    forbidden('not yet ready to handle request'),
    'Timeout: request did not complete within requested timeout - context deadline exceeded',
    'Timeout: request did not complete within the allotted timeout',
    'rpc error: code = Unavailable desc = etcdserver: leader changed',
  ],
  'pod-name-collision': [
    `pods "${NAME}" already exists`,
    `object is being deleted: pods "${NAME}" already exists`,
    'the server was not able to generate a unique name for the object',
  ],
  'webhook-unreachable': [
    'Internal error occurred: failed calling webhook "w.example.com": failed to call webhook: EOF',
  ],
};

for (const [code, wordings] of Object.entries(WORDS)) {
  test(`${code} is likely, in each wording`, async () => {
    for (const words of wordings) {
      const { causes } = await diagnosisOf([...noPods, failedCreate(words)], ['/apis/admissionregistration.k8s.io/*']);
      assert.equal(
        causes.map((cause) => [cause.code, cause.confidence]),
        [[code, 'likely']],
        words,
      );
    }
  });
}

test('old words about pods that exist by now say nothing', async () => {
  for (const words of Object.values(WORDS).flat()) {
    assert.equal(await answer([...installed(), failedCreate(words)]), { verdict: 'healthy', causes: [], findings: [] });
  }
});

test('an annotation of the namespace makes a contradiction certain', async () => {
  for (const [words, annotation] of [
    [
      'pod node label selector conflicts with its namespace node label selector',
      'scheduler.alpha.kubernetes.io/node-selector',
    ],
    [
      'pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist',
      'scheduler.alpha.kubernetes.io/tolerationsWhitelist',
    ],
  ] as const) {
    const annotated = patched(noPods, 'Namespace', { metadata: { annotations: { [annotation]: 'x=y' } } });
    const { causes } = await diagnosisOf([...annotated, failedCreate(forbidden(words))]);
    assert.equal(
      causes.map(({ confidence, mitigation }) => [confidence, mitigation?.command]),
      [['certain', `kubectl annotate namespace kubevirt ${annotation}-`]],
    );
  }
});

test('a change that the Deployment controller has not seen is possible at most', async () => {
  const metadata = { generation: 3, creationTimestamp: '2026-03-01T02:00:00Z' };
  const changed = patched(installed(), 'Deployment', { metadata, status: { observedGeneration: 2 } });
  assert.equal(await answer(changed), {
    verdict: 'healthy',
    causes: [],
    findings: ['observed-generation-lag possible'],
  });
  const seen = patched(changed, 'Deployment', { status: { observedGeneration: 3 } });
  assert.equal(await answer(seen), { verdict: 'healthy', causes: [], findings: [] });
});

test('a failure of the last hour without any event is a finding', async () => {
  const failed = (lastTransitionTime: string) =>
    patched(noPods, 'ReplicaSet', {
      status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message: SCC, lastTransitionTime }] },
    });
  const codes = async (objects: typeof noPods) => (await diagnosisOf(objects)).findings.map(({ code }) => code);
  assert.equal(await codes(failed('2026-03-01T02:50:00Z')), ['quota-of-events']);
  assert.equal(await codes([...failed('2026-03-01T02:50:00Z'), failedCreate(SCC)]), []);
  assert.equal(await codes(failed('2026-03-01T01:00:00Z')), []);
});

test.run();
