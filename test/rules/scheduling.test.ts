import * as assert from 'uvu/assert';
import { node, object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, installed, patched, pendingPod, unreadyPod, without } from './outage.ts';

const test = suite('scheduling rules');
const PODS = [pendingPod('virt-operator-1-a'), pendingPod('virt-operator-1-b')];
const pending = [...without(installed(), 'Pod'), ...PODS];
const cordon = { spec: { unschedulable: true } };
const silentNode = {
  status: {
    conditions: [
      {
        type: 'Ready',
        status: 'Unknown',
        message: 'Kubelet stopped posting node status.',
        lastTransitionTime: '2026-03-01T02:40:00Z',
      },
    ],
  },
};
const taint = (key: string, value = '') => ({ spec: { taints: [{ key, value, effect: 'NoSchedule' }] } });

test('every candidate cordoned', async () => {
  const { causes } = await diagnosisOf(patched(patched(pending, 'Node/cp-0', cordon), 'Node/cp-1', cordon));
  assert.equal(
    causes.map(({ code, title }) => [code, title]),
    [['cordoned', 'both nodes that may run virt-operator are cordoned: cp-0, cp-1']],
  );
  assert.is(causes[0]?.mitigation?.command, 'kubectl uncordon cp-0 cp-1');
});

test('a candidate that would take the pod by now leaves nothing to mend', async () => {
  assert.equal(await answer(patched(pending, 'Node/cp-0', cordon)), { verdict: 'down', causes: [], findings: [] });
});

test('each candidate has its own cause: two causes side by side', async () => {
  const mixed = patched(patched(pending, 'Node/cp-0', cordon), 'Node/cp-1', taint('dedicated', 'infra'));
  assert.equal(await answer(mixed), {
    verdict: 'down',
    causes: ['cordoned certain', 'taint-untolerated-custom certain'],
    findings: ['all-candidates-down certain'],
  });
});

test('what stands behind another obstacle on every node is a finding', async () => {
  const both = { spec: { ...cordon.spec, ...taint('dedicated').spec } };
  assert.equal(await answer(patched(patched(pending, 'Node/cp-0', both), 'Node/cp-1', both)), {
    verdict: 'down',
    causes: ['cordoned certain'],
    findings: ['taint-untolerated-custom certain next'],
  });
});

test('each node is said to have its own taints, and the command names only nodes that have them', async () => {
  const tainted = patched(patched(pending, 'Node/cp-0', taint('a', '1')), 'Node/cp-1', taint('b'));
  const { causes } = await diagnosisOf(tainted);
  assert.equal(causes[0]?.evidence.slice(0, 2), [
    { text: 'tainted a=1:NoSchedule', source: 'node/cp-0 spec.taints' },
    { text: 'tainted b:NoSchedule', source: 'node/cp-1 spec.taints' },
  ]);
  assert.is(causes[0]?.mitigation?.command, 'kubectl taint node cp-0 a=1:NoSchedule-');
  const alike = patched(patched(pending, 'Node/cp-0', taint('a')), 'Node/cp-1', taint('a'));
  assert.is((await diagnosisOf(alike)).causes[0]?.mitigation?.command, 'kubectl taint node cp-0 cp-1 a:NoSchedule-');
});

test('taints that controllers set are not to be removed', async () => {
  const key = 'node.kubernetes.io/disk-pressure';
  const { causes } = await diagnosisOf(patched(patched(pending, 'Node/cp-0', taint(key)), 'Node/cp-1', taint(key)));
  assert.equal(
    causes.map(({ code, mitigation }) => [code, mitigation?.action]),
    [['taint-pressure', 'check-node-controller']],
  );
});

test('the taint of a shutdown that is over was left there by a person; while it lasts the node tells', async () => {
  const key = 'node.kubernetes.io/out-of-service';
  const left = patched(patched(pending, 'Node/cp-0', taint(key)), 'Node/cp-1', taint(key));
  const { causes } = await diagnosisOf(left);
  assert.equal(
    causes.map(({ code, mitigation }) => [code, mitigation?.action]),
    [['taint-untolerated-custom', 'remove-taint']],
  );
  const off = { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } };
  assert.equal(await answer(patched(patched(left, 'Node/cp-0', off), 'Node/cp-1', off)), {
    verdict: 'down',
    causes: ['node-kubelet-stopped certain'],
    findings: [],
  });
});

test('no node has the role that the operator asks for', async () => {
  const hosted = [...without(pending, 'Node'), node('worker-0', {}), node('worker-1', {})];
  const { verdict, causes } = await diagnosisOf(hosted);
  assert.equal([verdict, causes.map(({ code }) => code)], ['down', ['no-control-plane-node']]);
  assert.match(causes[0]?.title ?? '', 'none of the 2 nodes');
});

const full = (resources: object) => ({
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...resources } },
});

function filler(name: string, nodeName: string, memory: string): TestObject {
  const spec = { nodeName, containers: [{ name: 'x', resources: { requests: { memory } } }] };
  return object('v1', 'Pod', { name, namespace: 'other' }, { spec, status: { phase: 'Running' } });
}

test('no candidate has room, with the arithmetic', async () => {
  const message = '0/3 nodes are available: 2 Insufficient memory.';
  const pods = [pendingPod('virt-operator-1-a', message), pendingPod('virt-operator-1-b', message)];
  const containers = {
    spec: { containers: [{ name: 'virt-operator', resources: { requests: { cpu: '10m', memory: '450Mi' } } }] },
  };
  const base = [...without(installed(), 'Pod'), ...patched(pods, 'Pod', containers)];
  const nodes = patched(patched(base, 'Node/cp-0', full({})), 'Node/cp-1', full({ memory: '256Mi' }));
  const { causes } = await diagnosisOf([...nodes, filler('a', 'cp-0', '7800Mi'), filler('b', 'worker-0', '1Gi')]);
  assert.equal(
    causes.map(({ code }) => code),
    ['insufficient-memory'],
  );
  assert.equal(
    causes[0]?.evidence.slice(0, 2).map(({ text }) => text),
    [
      'memory: 8Gi allocatable - 7.6Gi requested = 392Mi free, the pod asks for 450Mi',
      'memory: 256Mi allocatable - 0 requested = 256Mi free, the pod asks for 450Mi',
    ],
  );
});

test('a dead node takes its pods along, also where they still exist', async () => {
  const dead = patched(patched(installed(), 'Node/cp-0', silentNode), 'Node/cp-1', silentNode);
  const stranded = [unreadyPod('virt-operator-1-a', {}, 'cp-0'), unreadyPod('virt-operator-1-b', {}, 'cp-1')];
  const lease = object(
    'coordination.k8s.io/v1',
    'Lease',
    { name: 'cp-0', namespace: 'kube-node-lease' },
    { spec: { renewTime: '2026-03-01T02:39:00.000000Z' } },
  );
  const { verdict, causes } = await diagnosisOf([...without(dead, 'Pod'), ...stranded, lease]);
  assert.equal(
    [verdict, causes.map(({ code, since }) => [code, since])],
    ['down', [['node-kubelet-stopped', '2026-03-01T02:40:00Z']]],
  );
  assert.ok(
    causes[0]?.evidence.some(({ text, source }) => text === 'not renewed for 1260s' && source.startsWith('lease/cp-0')),
  );
});

test('one node dead, the other cordoned: replacements wait for both, and both are causes', async () => {
  const broken = patched(patched(pending, 'Node/cp-0', silentNode), 'Node/cp-1', cordon);
  const { causes, findings } = await diagnosisOf(broken);
  assert.equal(
    causes.map(({ code }) => code),
    ['cordoned', 'node-kubelet-stopped'],
  );
  assert.equal(
    findings.map(({ title, evidence }) => [title, evidence.map(({ text, source }) => `${source}: ${text}`)]),
    [
      [
        'the 2 nodes that may run virt-operator are out of use for different reasons',
        ['node/cp-0: its kubelet reports nothing', 'node/cp-1: it is cordoned'],
      ],
    ],
  );
});

test("a dead node that holds no pod and stands in nobody's way is not mentioned", async () => {
  assert.equal(await answer(patched(installed(), 'Node/worker-0', silentNode)), {
    verdict: 'healthy',
    causes: [],
    findings: [],
  });
});

test('one pod of two lost with its node is degraded', async () => {
  const one = patched(installed(), 'Node/cp-1', silentNode);
  const pods = [operatorPod('virt-operator-1-a', 'cp-0'), unreadyPod('virt-operator-1-b', {}, 'cp-1')];
  assert.equal(await answer([...without(one, 'Pod'), ...pods]), {
    verdict: 'degraded',
    causes: ['node-kubelet-stopped certain'],
    findings: [],
  });
});

test('nodes that may not be listed leave the cause open, not clear', async () => {
  const cordoned = patched(patched(pending, 'Node/cp-0', cordon), 'Node/cp-1', cordon);
  const { verdict, causes, notChecked } = await diagnosisOf(cordoned, ['/api/v1/nodes*']);
  assert.equal([verdict, causes], ['down', []]);
  assert.ok(notChecked.some(({ what, needs }) => what === 'nodes for virt-operator' && needs?.resource === 'nodes'));
});

test.run();
