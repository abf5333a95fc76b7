import * as assert from 'uvu/assert';
import { node, object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, installed, patched, pendingPod, unreadyPod, without } from './outage.ts';

const test = suite('nodes that take no operator pod');
const NAMES = ['virt-operator-1-a', 'virt-operator-1-b'];
const ROLE = { 'node-role.kubernetes.io/control-plane': '' };
const waiting = (message?: string) => [
  ...without(installed(), 'Pod'),
  ...NAMES.map((name) => pendingPod(name, message)),
];
const down = (...causes: string[]) => ({ verdict: 'down', causes, findings: [] });
const onBoth = (objects: TestObject[], patch: object) =>
  patched(patched(objects, 'Node/cp-0', patch), 'Node/cp-1', patch);
const tainted = (...keys: string[]) => ({
  spec: { taints: keys.map((key) => ({ key: `node.kubernetes.io/${key}`, effect: 'NoSchedule' })) },
});
const saying = (type: string, status: string, reason = '', message = '') => {
  const ready = type === 'Ready' ? [] : [{ type: 'Ready', status: 'True' }];
  return {
    status: { conditions: [...ready, { type, status, reason, message, lastTransitionTime: '2026-03-01T02:30:00Z' }] },
  };
};
const titles = async (objects: TestObject[]) =>
  (await diagnosisOf(objects)).causes.map(({ code, title }) => [code, title]);

test('a cluster without nodes', async () => {
  assert.equal(await answer(without(waiting('no nodes available to schedule pods'), 'Node')), down('no-nodes certain'));
});

const selector = (nodeSelector: object) => ({ spec: { template: { spec: { nodeSelector } } } });
const asking = (nodeSelector: object) =>
  ['Deployment', 'ReplicaSet'].reduce(
    (some, kind) => patched(some, kind, selector(nodeSelector)),
    patched(waiting(), 'Pod', { spec: { nodeSelector } }),
  );

test('a node selector that no control-plane node meets, with what each lacks', async () => {
  const { causes } = await diagnosisOf(asking({ 'kubernetes.io/os': 'linux', 'example.com/disk': 'ssd' }));
  assert.equal(
    causes.map(({ code, title }) => [code, title]),
    [['node-selector-mismatch', 'no node has the labels that virt-operator asks for: example.com/disk=ssd']],
  );
  assert.equal(causes[0]?.evidence.slice(0, 2), [
    { text: 'lacks example.com/disk=ssd', source: 'node/cp-0 metadata.labels' },
    { text: 'lacks example.com/disk=ssd', source: 'node/cp-1 metadata.labels' },
  ]);
  assert.match(causes[0]?.mitigation?.command ?? '', '/spec/template/spec/nodeSelector/example.com~1disk');
});

test('a node selector that admission added is said to be none of the Deployment', async () => {
  const nodeSelector = { 'kubernetes.io/os': 'linux', region: 'east' };
  const { causes } = await diagnosisOf(patched(waiting(), 'Pod', { spec: { nodeSelector } }));
  assert.is(causes[0]?.code, 'node-selector-mismatch');
  assert.ok(causes[0]?.evidence.some(({ text }) => text.startsWith('region=east is not in the Deployment')));
  assert.is(causes[0]?.mitigation?.command, 'kubectl get nodes --show-labels');
});

const FULL = '0/3 nodes are available: 2 Too many pods.';
const room = (pods: string) => ({ status: { allocatable: { cpu: '4', memory: '8Gi', pods } } });
const other = (name: string, nodeName: string, more: object = {}) =>
  object(
    'v1',
    'Pod',
    { name, namespace: 'other', labels: { app: 'other' } },
    {
      spec: { nodeName, containers: [{ name: 'x' }], ...more },
      status: { phase: 'Running' },
    },
  );

test('nodes that hold as many pods as they may', async () => {
  const full = [...onBoth(waiting(FULL), room('1')), other('x', 'cp-0'), other('y', 'cp-1')];
  assert.equal(await titles(full), [
    ['too-many-pods', 'both nodes that may run virt-operator take no more pods: cp-0, cp-1'],
  ]);
  assert.equal((await diagnosisOf(full)).causes[0]?.evidence[0], {
    text: '1 pods on it, 1 allowed',
    source: 'node/cp-0 status.allocatable.pods and the pods on it',
  });
});

test('of seven full nodes five are looked into: the cause is likely, and the others are not called free', async () => {
  const more = ['cp-2', 'cp-3', 'cp-4', 'cp-5', 'cp-6'].map((name) => node(name, ROLE));
  const nodes = patched([...waiting(FULL), ...more], 'Node', room('1'));
  const pods = ['cp-0', 'cp-1', ...more.map(({ metadata }) => metadata?.name ?? '')].map((name) =>
    other(`on-${name}`, name),
  );
  const { causes } = await diagnosisOf([...nodes, ...pods]);
  assert.equal(
    causes.map(({ code, confidence, title }) => [code, confidence, title.split(':')[0]]),
    [['too-many-pods', 'likely', '5 of the 7 nodes that may run virt-operator take no more pods']],
  );
});

test('a taint that stays on a ready node', async () => {
  assert.equal(await titles(onBoth(waiting(), tainted('not-ready'))), [
    [
      'taint-not-ready',
      'both nodes that may run virt-operator are still tainted node.kubernetes.io/not-ready:NoSchedule: cp-0, cp-1',
    ],
  ]);
  assert.equal(await answer(onBoth(waiting(), tainted('unreachable'))), down('taint-not-ready certain'));
});

test('a pressure taint is blamed on the node while it reports the pressure, else on whoever left it', async () => {
  const pressed = onBoth(waiting(), tainted('disk-pressure'));
  assert.equal(await answer(pressed), down('taint-pressure certain'));
  assert.equal(await titles(onBoth(pressed, saying('DiskPressure', 'True', 'KubeletHasDiskPressure'))), [
    ['node-pressure', 'both nodes that may run virt-operator run out of disk space: cp-0, cp-1'],
  ]);
});

const PRESSURES = [
  ['memory-pressure', 'MemoryPressure', 'memory'],
  ['disk-pressure', 'DiskPressure', 'disk space'],
  ['pid-pressure', 'PIDPressure', 'process ids'],
] as const;
for (const [key, type, words] of PRESSURES) {
  test(`${type}, with evicted pods as history`, async () => {
    const message = 'The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi. ';
    const evicted = operatorPod('virt-operator-1-old', 'cp-0', 'kubevirt', {
      status: { phase: 'Failed', reason: 'Evicted', message },
    });
    const pressed = onBoth(onBoth(waiting(), tainted(key)), saying(type, 'True'));
    const { causes } = await diagnosisOf([...pressed, evicted]);
    assert.match(causes[0]?.title ?? '', `run out of ${words}`);
    assert.ok(causes[0]?.evidence.some(({ text }) => text.startsWith('evicted: The node was low on resource')));
  });
}

const NOT_READY = [
  ['container runtime is down', 'its container runtime does not answer'],
  [
    '[container runtime status check may not have completed yet, PLEG is not healthy]',
    'its container runtime does not answer',
  ],
  [
    'PLEG is not healthy: pleg was last seen active 4m2s ago; threshold is 3m0s',
    'its container runtime is too slow (PLEG)',
  ],
  [
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
    'its pod network (CNI) is not set up',
  ],
  ['missing node capacity for resources: ephemeral-storage', 'its kubelet cannot tell its capacity'],
  ['node is shutting down', 'it is shutting down'],
  ['CSINode is not yet initialized', 'its storage drivers are not registered yet'],
  ['something new', null],
] as const;
for (const [message, why] of NOT_READY) {
  test(`not ready: ${message}`, async () => {
    const broken = onBoth(
      onBoth(waiting(), tainted('not-ready')),
      saying('Ready', 'False', 'KubeletNotReady', message),
    );
    assert.equal(await titles(broken), [
      ['node-runtime-or-cni-notready', `nodes cp-0, cp-1 are not ready${why ? `: ${why}` : ''}`],
    ]);
  });
}

test('a pod that is starting on a node that is not ready is its consequence', async () => {
  const broken = patched(
    installed(),
    'Node/cp-1',
    saying('Ready', 'False', 'KubeletNotReady', 'container runtime is down'),
  );
  const starting = unreadyPod('virt-operator-1-b', { state: { waiting: { reason: 'ContainerCreating' } } }, 'cp-1');
  assert.equal(await answer([...without(broken, 'Pod/virt-operator-1-b'), starting]), {
    verdict: 'degraded',
    causes: ['node-runtime-or-cni-notready certain'],
    findings: [],
  });
});

test("a node that is not ready, but holds no unready pod and is in nobody's way, is not mentioned", async () => {
  const broken = patched(
    installed(),
    'Node/cp-1',
    saying('Ready', 'False', 'KubeletNotReady', 'container runtime is down'),
  );
  assert.equal(await answer(broken), { verdict: 'healthy', causes: [], findings: [] });
});

test('a network that is not set up', async () => {
  const cut = onBoth(waiting(), tainted('network-unavailable'));
  assert.equal(await titles(onBoth(cut, saying('NetworkUnavailable', 'True', 'NoRouteCreated'))), [
    ['node-network-unavailable', 'the network of nodes cp-0, cp-1 is not available'],
  ]);
  assert.equal(await answer(cut), down('node-network-unavailable certain'));
});

const PORTS = "0/3 nodes are available: 2 node(s) didn't have free ports for the requested pod ports.";

test('a host port that other pods have', async () => {
  const containers = [{ name: 'virt-operator', ports: [{ containerPort: 8443, hostPort: 8443 }] }];
  const asks = patched(waiting(PORTS), 'Pod', { spec: { containers } });
  const held = ['cp-0', 'cp-1'].map((name) => other(`on-${name}`, name, { containers }));
  assert.equal(await titles([...asks, ...held]), [
    ['host-port-conflict', 'port 8443/TCP is taken on both nodes that may run virt-operator: cp-0, cp-1'],
  ]);
});

const AFFINITY = "0/3 nodes are available: 2 node(s) didn't match pod anti-affinity rules.";
const HOST = 'kubernetes.io/hostname';
const named = (objects: TestObject[]) =>
  ['cp-0', 'cp-1'].reduce(
    (some, name) => patched(some, `Node/${name}`, { metadata: { labels: { [HOST]: name } } }),
    objects,
  );
const required = (kind: string, app: string) => ({
  affinity: {
    [kind]: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: { app } }, topologyKey: HOST, namespaces: ['other'] },
      ],
    },
  },
});

test('a required anti-affinity that every node breaks', async () => {
  const asks = patched(named(waiting(AFFINITY)), 'Pod', { spec: required('podAntiAffinity', 'other') });
  assert.equal(await titles([...asks, other('x', 'cp-0'), other('y', 'cp-1')]), [
    [
      'pod-anti-affinity',
      'pod anti-affinity keeps virt-operator off both nodes that may run virt-operator: cp-0, cp-1',
    ],
  ]);
});

test('a pod that must be near others is answered by the words of the scheduler', async () => {
  const message = "0/3 nodes are available: 2 node(s) didn't match pod affinity rules.";
  const asks = patched(named(waiting(message)), 'Pod', { spec: required('podAffinity', 'other') });
  assert.equal(await answer(asks), down('pod-anti-affinity likely'));
});

test('a spread constraint that no node keeps', async () => {
  const message =
    "0/3 nodes are available: 2 node(s) didn't match pod topology spread constraints (missing required label).";
  const constraint = { topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} };
  const asks = patched(waiting(message), 'Pod', { spec: { topologySpreadConstraints: [constraint] } });
  assert.equal(await titles(asks), [
    [
      'topology-spread',
      'topology spread constraints keep virt-operator off both nodes that may run virt-operator: cp-0, cp-1',
    ],
  ]);
});

test('each node its own obstacle: one cause each', async () => {
  const full = patched(waiting(FULL), 'Node/cp-0', room('1'));
  const mixed = patched(
    patched(full, 'Node/cp-1', tainted('disk-pressure')),
    'Node/cp-1',
    saying('DiskPressure', 'True'),
  );
  assert.equal(await answer([...mixed, other('x', 'cp-0')]), {
    verdict: 'down',
    causes: ['node-pressure certain', 'too-many-pods certain'],
    findings: ['all-candidates-down certain'],
  });
});

test.run();
