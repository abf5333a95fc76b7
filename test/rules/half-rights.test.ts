import * as assert from 'uvu/assert';
import { operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { onBoth, waiting } from './nodes.ts';
import {
  answer,
  crashingPod,
  diagnosisOf,
  failedCreate,
  installed,
  patched,
  pullFailingPod,
  without,
} from './outage.ts';

const test = suite('what a person without a right to read nodes or webhooks is told');
const NODES = ['/api/v1/nodes*'];
const down = (...causes: string[]) => ({ verdict: 'down', causes, findings: [] });
const tail = 'no new claims to deallocate, preemption: 0/5 nodes are available: 5 Preemption is not helpful.';
const said = (reasons: string) => waiting(`0/5 nodes are available: ${reasons}. ${tail}`);

const WORDS: [string, string, string[], string[]?][] = [
  [
    'all that are meant for it are cordoned',
    "2 node(s) didn't match Pod's node affinity/selector, 3 node(s) were unschedulable",
    ['cordoned likely'],
  ],
  [
    'some are cordoned, others tainted',
    '1 node(s) were unschedulable, 4 node(s) had untolerated taint(s)',
    ['cordoned possible', 'taint-untolerated-custom possible'],
  ],
  [
    'some are cordoned, which may be none of those that are full',
    '2 node(s) were unschedulable, 3 Insufficient memory',
    ['insufficient-memory likely'],
    ['cordoned possible'],
  ],
  ['all are full', "2 node(s) didn't match Pod's node affinity/selector, 3 Too many pods", ['too-many-pods likely']],
  [
    'a taint, which the scheduler does not name',
    '5 node(s) had untolerated taint(s)',
    ['taint-untolerated-custom possible'],
  ],
  [
    'a taint',
    "2 node(s) didn't match Pod's node affinity/selector, 3 node(s) had untolerated taint {dedicated: infra}",
    ['taint-untolerated-custom likely'],
  ],
  [
    'a taint of pressure',
    '5 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }',
    ['node-pressure likely'],
  ],
  [
    'a taint of silence',
    '5 node(s) had untolerated taint {node.kubernetes.io/unreachable: }',
    ['node-kubelet-stopped likely'],
  ],
  [
    'a taint of nodes that are not ready',
    '5 node(s) had untolerated taint {node.kubernetes.io/not-ready: }',
    ['node-runtime-or-cni-notready likely'],
  ],
  [
    'a taint of nodes without a network',
    '5 node(s) had untolerated taint {node.kubernetes.io/network-unavailable: }',
    ['node-network-unavailable likely'],
  ],
  ['no node has the role', "5 node(s) didn't match Pod's node affinity/selector", ['no-control-plane-node likely']],
];
for (const [name, reasons, causes, findings = []] of WORDS) {
  test(`the scheduler's words: ${name}`, async () => {
    assert.equal(await answer(said(reasons), NODES), { verdict: 'down', causes, findings });
  });
}

test('no node has what is asked for besides a role, says the scheduler', async () => {
  const asking = patched(said("5 node(s) didn't match Pod's node affinity/selector"), 'Pod', {
    spec: { nodeSelector: { zone: 'a' } },
  });
  assert.equal(await answer(asking, NODES), down('node-selector-mismatch likely'));
});

test('there is no node, says the scheduler', async () => {
  assert.equal(await answer(waiting('no nodes available to schedule pods'), NODES), down('no-nodes likely'));
});

test('where the nodes can be read they decide, and not the words', async () => {
  const cordoned = onBoth(said('5 node(s) had untolerated taint(s)'), { spec: { unschedulable: true } });
  assert.equal(await answer(cordoned), down('cordoned certain'));
  assert.equal(await answer(said('5 node(s) were unschedulable')), down('scheduler-behind likely'));
});

function notReady(name: string, status: object): TestObject {
  return operatorPod(name, 'cp-0', 'kubevirt', { status: { phase: 'Running', ...status } });
}

test('pods that are not Ready though their kubelet says so: it reports no more', async () => {
  const running = { name: 'virt-operator', ready: true, state: { running: { startedAt: '2026-03-01T02:00:00Z' } } };
  const conditions = (reason?: string) => [
    { type: 'Ready', status: 'False', lastTransitionTime: '2026-03-01T02:55:00Z', ...(reason && { reason }) },
    { type: 'ContainersReady', status: 'True' },
  ];
  const pods = (reason?: string) =>
    ['virt-operator-1-a', 'virt-operator-1-b'].map((name) =>
      notReady(name, { conditions: conditions(reason), containerStatuses: [running] }),
    );
  const left = [...without(installed(), 'Pod'), ...pods()];
  assert.equal(await answer(left, NODES), down('node-kubelet-stopped likely'));
  assert.is((await diagnosisOf(left, NODES)).causes[0]?.since, '2026-03-01T02:55:00Z');
  const gated = [...without(installed(), 'Pod'), ...pods('ReadinessGatesNotReady')];
  assert.equal(await answer(gated, NODES), down('readiness-gate certain'));
});

test('a webhook that only the words name: no configuration is called so', async () => {
  const words = 'Internal error occurred: failed calling webhook "validate.example.com": failed to call webhook';
  const refused = [...without(installed(), 'Pod'), failedCreate(words)];
  const [first] = (await diagnosisOf(refused, ['/apis/admissionregistration.k8s.io/*'])).causes;
  assert.is(first?.code, 'webhook-unreachable');
  assert.is(first?.mitigation?.command, 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations');
});

test('who may read pods and events only is told why their containers do not run', async () => {
  const others = ['/apis/*', '/api/v1/nodes*', '/api/v1/namespaces/kubevirt'];
  const [pod, message] = ['virt-operator-1-a', 'quay.io/kubevirt/virt-operator:v1.7.0: not found'];
  const failing = [...without(installed(), 'Pod'), pullFailingPod(pod, message)];
  assert.equal(await answer(failing, others), down('image-not-found likely'));
  const [cause] = (await diagnosisOf(failing, others)).causes;
  assert.is(cause?.mitigation?.command, 'kubectl -n kubevirt describe pod virt-operator-1-a');
  const panic = crashingPod(pod, { exitCode: 2, reason: 'Error', message: 'panic: oops' });
  assert.equal(await answer([...without(installed(), 'Pod'), panic], others), down('crash-panic likely'));
});

test.run();
