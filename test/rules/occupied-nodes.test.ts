import * as assert from 'uvu/assert';
import { node, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { onBoth, otherPod, saying, tainted, titles, waiting } from './nodes.ts';
import { answer, diagnosisOf, patched } from './outage.ts';

const test = suite('nodes whose pods are in the way');
const ROLE = { 'node-role.kubernetes.io/control-plane': '' };
const down = (...causes: string[]) => ({ verdict: 'down', causes, findings: [] });

const FULL = '0/3 nodes are available: 2 Too many pods.';
const room = (pods: string) => ({ status: { allocatable: { cpu: '4', memory: '8Gi', pods } } });

test('nodes that hold as many pods as they may', async () => {
  const full = [...onBoth(waiting(FULL), room('1')), otherPod('x', 'cp-0'), otherPod('y', 'cp-1')];
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
    otherPod(`on-${name}`, name),
  );
  const { causes } = await diagnosisOf([...nodes, ...pods]);
  assert.equal(
    causes.map(({ code, confidence, title }) => [code, confidence, title.split(':')[0]]),
    [['too-many-pods', 'likely', '5 of the 7 nodes that may run virt-operator take no more pods']],
  );
});

/** Said before the taint was taken off, the node uncordoned, the labels set: no scheduler has looked since. */
const STALE = [
  '0/3 nodes are available: 2 node(s) had untolerated taint(s).',
  '0/3 nodes are available: 2 node(s) were unschedulable.',
  "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.",
  '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
];
for (const words of STALE) {
  test(`nodes that are full by now, while the scheduler's words are still: ${words}`, async () => {
    const [one, other] = [otherPod('x', 'cp-0'), otherPod('y', 'cp-1')];
    const crowded = onBoth(waiting(words), room('1'));
    const causes = async (...pods: TestObject[]) => (await titles([...crowded, ...pods])).map(([code]) => code);
    assert.ok((await causes(one, other)).includes('too-many-pods'));
    assert.not((await causes(one)).includes('too-many-pods'), 'a node has room: the scheduler is about to look again');
  });
}

test('of seven nodes behind such words five are looked into, and the others may be free', async () => {
  const more = ['cp-2', 'cp-3', 'cp-4', 'cp-5', 'cp-6'].map((name) => node(name, ROLE));
  const nodes = patched([...waiting(STALE[0] ?? ''), ...more], 'Node', room('1'));
  const pods = ['cp-0', 'cp-1', ...more.map(({ metadata }) => metadata?.name ?? '')].map((name) =>
    otherPod(`on-${name}`, name),
  );
  assert.equal(await titles([...nodes, ...pods]), []);
});

const LACKING: [string, string, string, string][] = [
  ['a device that no node has', 'nvidia.com/gpu', '1', '0 allocatable - 0 requested = 0 free, the pod asks for 1'],
  [
    'storage that no node reports',
    'ephemeral-storage',
    '5Gi',
    '0 allocatable - 0 requested = 0 free, the pod asks for 5Gi',
  ],
  ['more processors than a node has', 'cpu', '5', '4 allocatable - 0 requested = 4 free, the pod asks for 5'],
];
for (const [name, resource, value, text] of LACKING) {
  test(`a pod that asks for ${name}`, async () => {
    const containers = [{ name: 'virt-operator', resources: { requests: { [resource]: value } } }];
    const template = { spec: { template: { spec: { containers } } } };
    const words = `0/2 nodes are available: 2 Insufficient ${resource}.`;
    const made = patched(patched(waiting(words), 'Deployment', template), 'ReplicaSet', template);
    const asks = patched(made, 'Pod', { spec: { containers } });
    const { causes } = await diagnosisOf([...onBoth(asks, room('110')), otherPod('x', 'cp-0'), otherPod('y', 'cp-1')]);
    const all = 'both nodes that may run virt-operator have in all: cp-0, cp-1';
    assert.equal(
      causes.map(({ code, confidence, title }) => [code, confidence, title]),
      [['insufficient-memory', 'certain', `virt-operator asks for more ${resource} than ${all}`]],
    );
    assert.is(causes[0]?.evidence[0]?.text, `${resource}: ${text}`);
    assert.match(causes[0]?.mitigation?.command ?? '', 'containers[*].resources');
  });
}

test('a node of which it is not known what it has is not said to lack anything', async () => {
  const containers = [{ name: 'virt-operator', resources: { requests: { 'nvidia.com/gpu': '1' } } }];
  const asks = patched(waiting(FULL), 'Pod', { spec: { containers } });
  const bare = onBoth(asks, { status: { allocatable: null } });
  assert.equal(await titles([...bare, otherPod('x', 'cp-0'), otherPod('y', 'cp-1')]), []);
});

const PORTS = "0/3 nodes are available: 2 node(s) didn't have free ports for the requested pod ports.";

test('a host port that other pods have', async () => {
  const containers = [{ name: 'virt-operator', ports: [{ containerPort: 8443, hostPort: 8443 }] }];
  const asks = patched(waiting(PORTS), 'Pod', { spec: { containers } });
  const held = ['cp-0', 'cp-1'].map((name) => otherPod(`on-${name}`, name, { containers }));
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
  assert.equal(await titles([...asks, otherPod('x', 'cp-0'), otherPod('y', 'cp-1')]), [
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
  assert.equal(await answer([...mixed, otherPod('x', 'cp-0')]), {
    verdict: 'down',
    causes: ['node-pressure certain', 'too-many-pods certain'],
    findings: ['all-candidates-down certain'],
  });
});

const NODE_PODS = '/api/v1/pods';
const TOLD: [string, string, string][] = [
  ['2 Insufficient memory.', 'insufficient-memory', 'no node that may run virt-operator has enough memory left'],
  [
    '2 Insufficient nvidia.com/gpu. preemption:',
    'insufficient-memory',
    'no node that may run virt-operator has enough nvidia.com/gpu left',
  ],
  [
    '1 Insufficient cpu, 2 Too many pods.',
    'insufficient-memory',
    'no node that may run virt-operator has enough cpu left',
  ],
  ['2 Too many pods.', 'too-many-pods', 'no node that may run virt-operator takes more pods'],
  [
    "2 node(s) didn't have free ports for the requested pod ports.",
    'host-port-conflict',
    'a port that virt-operator asks for is taken on each node that may run it',
  ],
  [
    "2 node(s) didn't match pod anti-affinity rules.",
    'pod-anti-affinity',
    'pod anti-affinity keeps virt-operator off the nodes that may run it',
  ],
  [
    "2 node(s) didn't satisfy existing pods anti-affinity rules.",
    'pod-anti-affinity',
    'pod anti-affinity keeps virt-operator off the nodes that may run it',
  ],
  [
    "2 node(s) didn't match pod topology spread constraints.",
    'topology-spread',
    'topology spread constraints keep virt-operator off the nodes that may run it',
  ],
];
for (const [words, code, title] of TOLD) {
  test(`the pods on nodes may not be read, and the scheduler says: ${words}`, async () => {
    const { causes, verdict } = await diagnosisOf(waiting(`0/3 nodes are available: ${words}`), [NODE_PODS]);
    assert.is(verdict, 'down');
    assert.equal([causes[0]?.code, causes[0]?.confidence, causes[0]?.title], [code, 'likely', title]);
  });
}

test('the pods on nodes may not be read, and one node is cordoned: what is said of the other is not said of both', async () => {
  const said = waiting('0/3 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable.');
  const { causes, findings } = await diagnosisOf(patched(said, 'Node/cp-0', { spec: { unschedulable: true } }), [
    NODE_PODS,
  ]);
  assert.equal(
    causes.map(({ code, confidence, title }) => [code, confidence, title]),
    [
      ['cordoned', 'certain', '1 of the 2 nodes that may run virt-operator is cordoned: cp-0'],
      ['insufficient-memory', 'likely', 'no other node that may run virt-operator has enough memory left'],
    ],
  );
  assert.not.ok(findings.some(({ code }) => code === 'all-candidates-down'));
});

test.run();
