import * as assert from 'uvu/assert';
import { askArchive } from '../../src/archive/store.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { Answer } from '../../src/model/request.ts';
import { rules } from '../../src/rules/index.ts';
import { archiveOf, object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { evidenceOf, failedCreate, installed, patched, without } from './outage.ts';

const test = suite('a KubeVirt resource that is not served');
const WORDS =
  'conversion webhook for kubevirt.io/v1alpha3, Kind=KubeVirt failed: Post "https://x": service "x" not found';
const BROKEN: Answer = { status: 'failed', reason: 'api-degraded', message: WORDS };
const definition = (spec: object, status: object) =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { name: 'kubevirts.kubevirt.io' }, { spec, status });
const versions = [{ name: 'v1', served: true }];
const service = { namespace: 'kubevirt', name: 'convert' };
const conversion = { strategy: 'Webhook', webhook: { clientConfig: { service } } };
const converted = definition({ versions, conversion }, { storedVersions: ['v1', 'v1alpha3'] });
const refused = definition(
  { versions },
  {
    conditions: [{ type: 'NamesAccepted', status: 'False', reason: 'PluralConflict', message: '"kubevirts" is taken' }],
  },
);
const having = (crd: TestObject, objects = installed()) => [...without(objects, 'CustomResourceDefinition'), crd];
const restarted = patched(
  patched(installed(), 'Lease/virt-operator', { spec: { renewTime: '2026-03-01T02:00:00Z' } }),
  'Pod',
  {
    status: {
      containerStatuses: [{ name: 'virt-operator', state: { running: { startedAt: '2026-03-01T02:10:00Z' } } }],
    },
  },
);

/** What is said where KubeVirt resources are answered so. */
async function said(objects: TestObject[], answer: Answer = BROKEN) {
  const ask = askArchive(archiveOf(objects));
  const evidence = await gather(
    async (request) =>
      request.path.endsWith('/kubevirts') ? { ...answer, date: (await ask(request)).date ?? '' } : ask(request),
    { cluster: { context: null, server: null, user: null } },
  );
  const { verdict, causes, findings, notChecked } = diagnose(evidence, rules);
  const short = (some: typeof causes) => some.map(({ code, confidence }) => `${code} ${confidence}`);
  return [verdict, short(causes), short(findings), notChecked.map(({ what }) => what)];
}

const FAILED = ['KubeVirt resources'];
const API = 'api-degraded certain';

test('who converts it fails: degraded while one leads', async () => {
  assert.equal(await said(having(converted)), ['degraded', ['kubevirt-crd-broken likely'], [API], FAILED]);
});

test('who may not read it is told by its definition whether it is served', async () => {
  const answer: Answer = { status: 'forbidden', message: 'no' };
  const established = { conditions: [{ type: 'Established', status: 'True' }], storedVersions: ['v1'] };
  const served = having(definition({ versions }, established));
  const right = 'auth-forbidden-partial certain';
  assert.equal(await said(served, answer), ['healthy', [], [right], FAILED]);
  assert.equal(await said(having(refused), answer), ['degraded', ['kubevirt-crd-broken certain'], [right], FAILED]);
  for (const crd of [converted, definition({ versions }, {}), definition({}, established)]) {
    assert.equal(await said(having(crd), answer), ['incomplete', [], [right], FAILED]);
  }
});

test('a resource that does not exist is not healthy, though its definition may not be read', async () => {
  const crds = '/apis/apiextensions.k8s.io/*';
  const evidence = await evidenceOf(without(installed(), 'KubeVirt', 'CustomResourceDefinition'), [crds]);
  assert.is(evidence.reads.kubevirts.status, 'absent');
  assert.is(diagnose(evidence, rules).verdict, 'incomplete');
});

test('and what keeps an operator from leading that started since', async () => {
  assert.equal(await said(having(converted, restarted)), ['down', ['kubevirt-crd-broken likely'], [API], FAILED]);
});

test('a webhook that never answers', async () => {
  const slow: Answer = { status: 'failed', reason: 'timeout', message: 'no answer within 5s' };
  assert.equal(await said(having(converted), slow), ['degraded', ['kubevirt-crd-broken likely'], [API], FAILED]);
});

test('it never hides what stops the pods', async () => {
  const lost = [
    ...without(having(converted), 'Pod', 'PriorityClass'),
    failedCreate('no PriorityClass with name x was found'),
  ];
  assert.equal(await said(lost), [
    'down',
    ['priorityclass-missing certain'],
    ['kubevirt-crd-broken likely', API],
    FAILED,
  ]);
});

test('objects that need no conversion are not read for another reason, which is not known: incomplete', async () => {
  for (const crd of [
    definition({ versions, conversion }, { storedVersions: ['v1'] }),
    definition({ versions, conversion: { strategy: 'None' } }, { storedVersions: ['v1', 'v1alpha3'] }),
  ]) {
    assert.equal(await said(having(crd)), ['incomplete', [], [API], FAILED]);
  }
});

test('a definition that is not established, or lacks the version', async () => {
  const absent: Answer = { status: 'absent' };
  const old = definition(
    {
      versions: [
        { name: 'v1', served: false },
        { name: 'v1alpha3', served: true },
      ],
    },
    {},
  );
  for (const crd of [refused, old]) {
    assert.equal(await said(having(crd), absent), ['degraded', ['kubevirt-crd-broken certain'], [], []]);
  }
});

test.run();
