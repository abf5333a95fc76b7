import * as assert from 'uvu/assert';
import { operatorPod } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { onBoth, saying, tainted, titles, waiting } from './nodes.ts';
import { answer, diagnosisOf, installed, patched, unreadyPod, without } from './outage.ts';

const test = suite('nodes that take no operator pod');
const down = (...causes: string[]) => ({ verdict: 'down', causes, findings: [] });

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

const TERMS =
  '/spec/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms';

test('a node affinity that no control-plane node meets: what is unmet is taken out, beside the node selector', async () => {
  const matchExpressions = [
    { key: 'zone', operator: 'In', values: ['a'] },
    { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' },
    { key: 'disk', operator: 'Exists' },
  ];
  const affinity = {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
  };
  const spec = { affinity, nodeSelector: { x: 'y', 'kubernetes.io/os': 'linux' } };
  const asked = ['Deployment', 'ReplicaSet'].reduce(
    (some, kind) => patched(some, kind, { spec: { template: { spec } } }),
    patched(waiting(), 'Pod', { spec }),
  );
  const { causes } = await diagnosisOf(asked);
  const paths = [
    '/spec/template/spec/nodeSelector/x',
    `${TERMS}/0/matchExpressions/2`,
    `${TERMS}/0/matchExpressions/0`,
  ];
  const patch = JSON.stringify(paths.map((path) => ({ op: 'remove', path })));
  assert.is(
    causes[0]?.mitigation?.command,
    `kubectl -n kubevirt patch deployment/virt-operator --type=json -p '${patch}'`,
  );
});

test('the taint of a role is to be tolerated as by the Deployment of KubeVirt, and stays on the nodes', async () => {
  const key = 'node-role.kubernetes.io/control-plane';
  const roles = onBoth(waiting(), { spec: { taints: [{ key, effect: 'NoSchedule' }] } });
  const intolerant = ['Deployment', 'ReplicaSet'].reduce(
    (some, kind) => patched(some, kind, { spec: { template: { spec: { tolerations: null } } } }),
    patched(roles, 'Pod', { spec: { tolerations: null } }),
  );
  const { causes } = await diagnosisOf(intolerant);
  assert.equal([causes[0]?.code, causes[0]?.mitigation?.automatic], ['taint-untolerated-custom', false]);
  assert.match(
    causes[0]?.mitigation?.command ?? '',
    `"value":[{"key":"${key}","operator":"Exists","effect":"NoSchedule"}]`,
  );
});

test('a node selector that admission added is said to be none of the Deployment', async () => {
  const nodeSelector = { 'kubernetes.io/os': 'linux', region: 'east' };
  const { causes } = await diagnosisOf(patched(waiting(), 'Pod', { spec: { nodeSelector } }));
  assert.is(causes[0]?.code, 'node-selector-mismatch');
  assert.ok(causes[0]?.evidence.some(({ text }) => text.startsWith('region=east is not in the template')));
  assert.is(causes[0]?.mitigation?.command, 'kubectl get nodes --show-labels');
});

test('a node selector of an older revision was not added by admission', async () => {
  const nodeSelector = { 'kubernetes.io/os': 'linux', region: 'east' };
  const older = patched(waiting(), 'ReplicaSet', { spec: { template: { spec: { nodeSelector } } } });
  const { causes } = await diagnosisOf(patched(older, 'Pod', { spec: { nodeSelector } }));
  const cause = causes.find(({ code }) => code === 'node-selector-mismatch');
  assert.ok(cause);
  assert.not.ok(cause.evidence.some(({ text }) => text.includes('admission')));
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

test.run();
