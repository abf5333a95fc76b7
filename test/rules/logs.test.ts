import * as assert from 'uvu/assert';
import { askArchive } from '../../src/archive/store.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { Finding } from '../../src/model/finding.ts';
import { rules } from '../../src/rules/index.ts';
import { archiveOf, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { crashingPod, installed, without } from './outage.ts';

const test = suite('what only a log tells');
const noPods = without(installed(), 'Pod');
const PATH = '/api/v1/namespaces/kubevirt/pods/p/log';
const previous = (text: string) => ({ [`${PATH}?container=virt-operator&previous=true`]: text.split('\n') });
const current = (text: string) => ({ [`${PATH}?container=virt-operator`]: text.split('\n') });
const api = 'Get "https://10.96.0.1:443/api?timeout=32s"';

async function diagnosisOf(objects: TestObject[], about: Parameters<typeof archiveOf>[1]) {
  const evidence = await gather(askArchive(archiveOf(objects, about)), {
    cluster: { context: null, server: null, user: null },
  });
  return diagnose(evidence, rules);
}

const short = ({ code, confidence, consequences }: Finding) => [code, confidence, ...consequences].join(' ');

/** What is said of a pod that ended so, with this log of its last run and nothing in its termination message. */
async function told(terminated: object, log: string) {
  const objects = [...noPods, crashingPod('p', { message: '', ...terminated })];
  const { causes, findings } = await diagnosisOf(objects, { logs: previous(log) });
  return { causes: causes.map(short), findings: findings.map(short), words: causes[0]?.evidence };
}

const json = (msg: string, more: object = {}) =>
  JSON.stringify({ component: 'virt-operator', level: 'info', msg, pos: 'application.go:209', ...more });
const STARTING = [json('we are on kubernetes'), json('STARTING informer CRDInformer')].join('\n');

/** The last line of a log (KubeVirt 1.0 to 1.9, client-go, Go, the kernel) and the cause. */
const ends: [name: string, terminated: object, log: string, cause: string][] = [
  [
    "Go's log package, in two parts",
    {},
    '{"caller":"Error determining cluster type: Get \\"https://10.96.0.1:443","component":"virt-operator","level":"info","msg":"/api?timeout=32s\\": dial tcp 10.96.0.1:443: connect: connection refused","pos":"stdlib.go:105"}',
    'crash-api-unreachable likely',
  ],
  [
    'the same in plain text',
    {},
    `Error determining cluster type: ${api}: dial tcp 10.96.0.1:443: i/o timeout`,
    'crash-api-unreachable likely',
  ],
  [
    'an IPv6 address, which takes the line apart within a port',
    {},
    '{"caller":"Error checking for ServiceMonitor: Get \\"https://[fd00::1","level":"info","msg":"]:443/api\\": dial tcp [fd00::1]:443: i/o timeout"}',
    'crash-api-unreachable likely',
  ],
  ['a token that is no longer good', {}, json('Error determining cluster type: Unauthorized'), 'crash-rbac likely'],
  [
    'a lease that may not be renewed, client-go 0.33',
    {},
    'E1126 12:00:00.1       1 leaderelection.go:436] error retrieving resource lock kubevirt/virt-operator: leases.coordination.k8s.io "virt-operator" is forbidden: User "system:serviceaccount:kubevirt:kubevirt-operator" cannot get resource "leases"\n' +
      json('leaderelection lost'),
    'crash-rbac likely',
  ],
  [
    'a lease that was not renewed in time, client-go 0.36',
    {},
    'E1126 12:00:00.1       1 leaderelection.go:461] "Error retrieving lease lock" err="Get \\"https://10.96.0.1:443/apis\\": context deadline exceeded" lock="kubevirt/virt-operator"\n' +
      'I1126 12:00:01.1       1 leaderelection.go:304] "Failed to renew lease" lock="kubevirt/virt-operator" err="context deadline exceeded"\n' +
      json('leaderelection lost'),
    'leader-election-lost likely',
  ],
  ['no image', {}, json("cannot find virt-operator's image", { level: 'fatal' }), 'missing-image-env certain'],
  [
    'no token',
    {},
    json('Error searching for namespace: failed to determine namespace from /var/run/secrets/x'),
    'startup-misc-fatal likely',
  ],
  [
    'a port that is taken',
    {},
    '{"caller":"listen tcp :8443","level":"info","msg":"bind: address already in use"}',
    'startup-misc-fatal likely',
  ],
  ['arguments of another version', { exitCode: 2 }, 'unknown flag: --new', 'startup-misc-fatal likely'],
  [
    'an API that is gone',
    {},
    json('Error checking for PrometheusRule: the server could not find the requested resource'),
    'api-version-skew likely',
  ],
  [
    'a program for another architecture',
    { exitCode: 255 },
    'exec /usr/bin/virt-operator: exec format error',
    'exec-format-error likely',
  ],
  [
    'a panic with long stacks',
    { exitCode: 2 },
    `panic: unreachable\n\ngoroutine 1 [running]:\n${'main.f()\n\t/x.go:1 +0x1\n'.repeat(50)}kubevirt.io/kubevirt/pkg/virt-operator.(*VirtOperatorApp).Run(0xc0)\n\t/x.go:479`,
    'crash-panic likely',
  ],
];

for (const [name, terminated, log, cause] of ends) {
  test(`the end of a container: ${name}`, async () => {
    const { causes, words } = await told(terminated, `${STARTING}\n${log}`);
    assert.equal(causes, [cause]);
    const sources = words?.map(({ source }) => source) ?? [];
    assert.ok(sources.includes('log of pod/p container virt-operator (previous)'), sources.join('; '));
  });
}

test('of a line in two parts the whole is shown', async () => {
  const { words } = await told({}, ends[0]?.[2] ?? '');
  assert.is(
    words?.[0]?.text,
    `Error determining cluster type: ${api}: dial tcp 10.96.0.1:443: connect: connection refused`,
  );
});

test("of a panic its line and the first of KubeVirt's own functions are shown", async () => {
  const { words } = await told({ exitCode: 2 }, ends.at(-1)?.[2] ?? '');
  const texts = words?.map(({ text }) => text) ?? [];
  assert.is(texts[0], 'panic: unreachable');
  assert.ok(texts.includes('kubevirt.io/kubevirt/pkg/virt-operator.(*VirtOperatorApp).Run(0xc0)'), texts.join('\n'));
});

test('an end without an error says why in the log only', async () => {
  const log = json('Reinitialize virt-operator, ServiceMonitor has been introduced');
  assert.equal((await told({ exitCode: 0, reason: 'Completed' }, log)).causes, ['exit0-restart likely']);
  assert.equal((await told({ exitCode: 0, reason: 'Completed' }, STARTING)).causes, ['exit0-restart possible']);
});

test('an error long before the end is not why it ended', async () => {
  const old = `Error x: ${api}: dial tcp 10.96.0.1:443: i/o timeout`;
  const { causes, words } = await told(
    {},
    [old, ...Array.from({ length: 30 }, (_, i) => json(`step ${i}`))].join('\n'),
  );
  assert.equal(causes, ['crash-unexplained possible']);
  assert.equal(
    words?.slice(1).map(({ text }) => text),
    ['step 27', 'step 28', 'step 29'],
  );
});

test('a Go program that ends with 2 and without a panic was told to end', async () => {
  const { causes, findings } = await told({ exitCode: 2 }, STARTING);
  assert.equal([causes, findings], [['crash-unexplained possible'], ['exit-143-term likely']]);
  assert.equal((await told({ exitCode: 2 }, '')).findings, []);
});

test('a pod that keeps its last words is not asked twice', async () => {
  const objects = [...noPods, crashingPod('p', { message: "cannot find virt-operator's image" })];
  const { causes } = await diagnosisOf(objects, { logs: previous('panic: unreachable') });
  assert.equal(causes.map(short), ['missing-image-env certain']);
});

test('secrets in a log stay there', async () => {
  const { words } = await told({}, 'password=Hunter2-s3cr3t\nthe end');
  assert.equal(
    words?.slice(1).map(({ text }) => text),
    ['password=<redacted>', 'the end'],
  );
});

const READY = operatorPod('p', 'cp-0', 'kubevirt', {
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-03-01T02:40:10Z' }],
    containerStatuses: [
      { name: 'virt-operator', ready: true, state: { running: { startedAt: '2026-03-01T02:40:00Z' } } },
    ],
  },
});
const leaderless = [...without(noPods, 'Lease/virt-operator'), READY];

async function idle(log: string) {
  const { causes, findings } = await diagnosisOf(leaderless, { logs: current(log) });
  const leader = causes.filter(({ code }) => code !== 'both-replicas-on-one-node');
  return {
    causes: leader.map(short),
    findings: findings.map(short),
    titles: leader.map(({ title }) => title),
    words: leader[0]?.evidence,
  };
}

const ASKS = json('Attempting to acquire leader status');
const USER = 'User \\"system:serviceaccount:kubevirt:kubevirt-operator\\"';
const LIST = `E1126 12:00:33.1     261 reflector.go:200] "Failed to watch" err="failed to list *v1.KubeVirt: kubevirts.kubevirt.io is forbidden: ${USER} cannot list resource \\"kubevirts\\"" logger="UnhandledError" type="*v1.KubeVirt"`;
const OLD_LIST =
  'E1126 12:00:33.1     261 reflector.go:138] k8s.io/client-go/informers: Failed to watch *v1.KubeVirt: failed to list *v1.KubeVirt: conversion webhook for kubevirt.io/v1alpha3 failed';
const NOISE =
  'E1126 reflector.go:1] failed to list *v1beta1.VirtualMachineClusterInstancetype: the server could not find the requested resource (get virtualmachineclusterinstancetypes.instancetype.kubevirt.io)';
const LOCK = 'E1126 leaderelection.go:436] error retrieving resource lock kubevirt/virt-operator: ';

test('where the log of a Ready pod stops', async () => {
  const cases: [log: string, causes: string[]][] = [
    [`${STARTING}\n${LIST}`, ['crash-rbac likely no-leader']],
    [`${STARTING}\n${OLD_LIST}`, ['informers-never-sync likely no-leader']],
    [STARTING, ['informers-never-sync likely no-leader']],
    [
      `${STARTING}\nE1126 reflector.go:1] Failed to watch *v1.KubeVirt: failed to list *v1.KubeVirt: the server could not find the requested resource (get kubevirts.kubevirt.io)`,
      ['informers-never-sync likely no-leader'],
    ],
    [
      `${STARTING}\n${ASKS}\nE1126 12:00:33.1 1 leaderelection.go:452] "Error retrieving lease lock" err="Unauthorized" lock="kubevirt/virt-operator"`,
      ['crash-rbac likely no-leader'],
    ],
    [
      `${STARTING}\n${ASKS}\nE1126 leaderelection.go:330] error initially creating leader election record: leases.coordination.k8s.io is forbidden: ${USER} cannot create resource "leases"`,
      ['crash-rbac likely no-leader'],
    ],
    [
      `${STARTING}\n${ASKS}\n${LOCK}leases.coordination.k8s.io "virt-operator" is forbidden: ${USER} cannot get resource "leases"`,
      ['crash-rbac likely no-leader'],
    ],
    [`${STARTING}\n${ASKS}\n${LOCK}Unauthorized`, ['crash-rbac likely no-leader']],
    [
      `${STARTING}\n${ASKS}\n${LOCK}${api}: dial tcp 10.96.0.1:443: i/o timeout`,
      ['crash-api-unreachable likely no-leader'],
    ],
    [`${STARTING}\n${ASKS}\n${LOCK}etcdserver: request timed out`, ['no-leader certain']],
    [`${STARTING}\n${ASKS}`, ['no-leader certain']],
    [`${STARTING}\n${LIST}\n${ASKS}\n${json('Started leading')}`, ['no-leader certain']],
  ];
  for (const [log, causes] of cases) assert.equal((await idle(log)).causes, causes, log);
});

test('what is waited for is named, and shown', async () => {
  const { titles, words } = await idle(`${STARTING}\n${OLD_LIST}\n${NOISE}`);
  assert.equal(titles, ['virt-operator runs, and has never asked for the lease: it cannot list *v1.KubeVirt']);
  assert.equal(words?.[0], { text: OLD_LIST, source: 'log of pod/p container virt-operator' });
  const { titles: silent } = await idle(STARTING);
  assert.equal(silent, ['virt-operator runs, and has never asked for the lease: its log stops before that']);
});

test('what stopped at the lease is shown with the lease', async () => {
  const { words, findings } = await idle(`${STARTING}\n${ASKS}\n${LOCK}etcdserver: request timed out`);
  assert.equal(words?.at(-1), {
    text: `${LOCK}etcdserver: request timed out`,
    source: 'log of pod/p container virt-operator',
  });
  assert.equal(findings, []);
});

test('of a log whose beginning was not read, the end alone decides nothing', async () => {
  const { causes, findings } = await idle(Array.from({ length: 250 }, (_, i) => json(`step ${i}`)).join('\n'));
  assert.equal([causes, findings], [['no-leader certain'], ['informers-never-sync possible']]);
});

test('a kubelet that gives no log', async () => {
  const cases: [words: string, title: string, command: string][] = [
    [
      'Get "https://10.0.1.1:10250/containerLogs/kubevirt/p/virt-operator": dial tcp 10.0.1.1:10250: connect: connection refused',
      'no log from the kubelet of node cp-0: it cannot be reached',
      'kubectl describe node cp-0',
    ],
    [
      'error dialing backend: remote error: tls: internal error',
      'no log from the kubelet of node cp-0: its serving certificate is not approved',
      'kubectl get certificatesigningrequests',
    ],
    [
      'Get "https://10.0.1.1:10250/containerLogs/kubevirt/p/virt-operator": No agent available',
      'no log from the kubelet of node cp-0: no konnectivity agent is connected',
      'kubectl get pods -A -o wide | grep konnectivity',
    ],
    ['something else', 'no log from the kubelet of node cp-0: it does not answer', 'kubectl describe node cp-0'],
  ];
  for (const [message, title, command] of cases) {
    const objects = [...noPods, crashingPod('p', { message: '' })];
    const { causes, findings, notChecked } = await diagnosisOf(objects, {
      refused: [{ path: PATH, status: 500, message }],
    });
    assert.equal(causes.map(short), ['crash-unexplained possible']);
    const [found] = findings.filter(({ code }) => code === 'kubelet-unreachable-for-logs');
    assert.equal([found?.title, found?.mitigation?.command, found?.evidence[0]?.text], [title, command, message]);
    assert.equal(notChecked, []);
  }
});

test('a log that may not be read is not checked, and the right is named', async () => {
  const objects = [...noPods, crashingPod('p', { message: '' })];
  const { notChecked } = await diagnosisOf(objects, { refused: [{ path: PATH, status: 403, message: 'forbidden' }] });
  assert.equal(notChecked, [
    {
      what: 'logs of virt-operator',
      why: 'forbidden',
      needs: { verb: 'get', group: '', resource: 'pods/log', namespace: 'kubevirt' },
    },
  ]);
});

test.run();
