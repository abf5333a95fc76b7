import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { onBoth, saying, tainted } from './nodes.ts';
import { answer, crashingPod, installed, patched, pendingPod, pullFailingPod, without } from './outage.ts';

const test = suite('what would stop the pods next');
const noPods = without(installed(), 'Pod');
const hard = { pods: '2' };
const full = object(
  'v1',
  'ResourceQuota',
  { name: 'q', namespace: 'kubevirt' },
  { spec: { hard }, status: { hard, used: hard } },
);
const refused = [...noPods, full];
const cordon = { spec: { unschedulable: true } };
const dead = saying('Ready', 'Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.');
const ZONE = { spec: { template: { spec: { nodeSelector: { zone: 'a' } } } } };
const small = { status: { allocatable: { memory: '256Mi', pods: '110' } } };

function stopped(objects: TestObject[], kind: string): TestObject[] {
  const spec = { renewTime: '2026-03-01T02:00:00.000000Z' };
  return patched(objects, `Lease/${kind}`, { spec });
}

/** Nothing but a quota, or replicas set to 0, keeps the pods from being made; each of these would be next. */
const BEHIND: [string, TestObject[], string[]][] = [
  ['cordoned nodes', onBoth(refused, cordon), ['cordoned certain next']],
  ['nodes that died', onBoth(refused, dead), ['node-kubelet-stopped certain next']],
  [
    'nodes that are not ready',
    onBoth(refused, { ...saying('Ready', 'False'), ...tainted('not-ready') }),
    ['node-runtime-or-cni-notready certain next'],
  ],
  [
    'nodes without a network',
    onBoth(refused, tainted('network-unavailable')),
    ['node-network-unavailable certain next'],
  ],
  [
    'nodes that run out of disk',
    onBoth(refused, { ...saying('DiskPressure', 'True'), ...tainted('disk-pressure') }),
    ['node-pressure certain next'],
  ],
  [
    'a taint',
    onBoth(refused, { spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] } }),
    ['taint-untolerated-custom certain next'],
  ],
  ['nodes that are smaller than the pod', onBoth(refused, small), ['insufficient-memory certain next']],
  [
    'no node with the labels',
    patched(patched(refused, 'Deployment', ZONE), 'ReplicaSet', ZONE),
    ['node-selector-mismatch certain next'],
  ],
  ['no control-plane node', without(refused, 'Node/cp-0', 'Node/cp-1'), ['no-control-plane-node certain next']],
  ['no node at all', without(refused, 'Node'), ['no-nodes certain next']],
  [
    'one node that is cordoned, another that died',
    patched(patched(refused, 'Node/cp-0', cordon), 'Node/cp-1', dead),
    ['cordoned certain next', 'node-kubelet-stopped certain next'],
  ],
  ['a scheduler that is down', stopped(refused, 'kube-scheduler'), ['scheduler-down certain next']],
];

for (const [name, objects, findings] of BEHIND) {
  test(`behind a quota: ${name}`, async () => {
    assert.equal(await answer(objects), { verdict: 'down', causes: ['quota-exceeded certain'], findings });
  });
}

const zero = patched(noPods, 'Deployment', { spec: { replicas: 0 } });
const unmade = without(patched(noPods, 'Deployment', { spec: { paused: true } }), 'ReplicaSet');
const leaving = patched(noPods, 'Namespace', {
  metadata: { deletionTimestamp: '2026-03-01T02:00:00Z' },
  status: { phase: 'Terminating' },
});

/** Obstacles that do not follow from what keeps the pods from being made. */
const OTHERS: [string, TestObject[], string, string[]][] = [
  [
    'no replicas, then a ServiceAccount, a PriorityClass, a quota and nodes',
    [...without(onBoth(zero, cordon), 'ServiceAccount', 'PriorityClass'), full],
    'deployment-scaled-to-zero certain',
    [
      'serviceaccount-missing certain next',
      'priorityclass-missing certain next',
      'quota-exceeded certain next',
      'cordoned certain next',
    ],
  ],
  [
    'paused before its first ReplicaSet, then a ServiceAccount, a quota and nodes',
    [...without(onBoth(unmade, cordon), 'ServiceAccount'), full],
    'deployment-paused certain',
    ['serviceaccount-missing certain next', 'quota-exceeded certain next', 'cordoned certain next'],
  ],
  [
    'a namespace that goes takes its ServiceAccount with it, and not the PriorityClass nor the nodes',
    without(onBoth(leaving, cordon), 'PriorityClass', 'ServiceAccount'),
    'namespace-terminating certain serviceaccount-missing',
    ['priorityclass-missing certain next', 'cordoned certain next'],
  ],
  [
    'no controller-manager, then its rights (this cluster has none for Deployments) and a PriorityClass',
    without(stopped(without(noPods, 'ReplicaSet'), 'kube-controller-manager'), 'PriorityClass'),
    'controller-manager-down certain',
    ['controller-rbac-broken certain next', 'priorityclass-missing certain next'],
  ],
  [
    'a scheduler that is down, then nodes',
    stopped(
      onBoth(
        [...noPods, pendingPod('virt-operator-1-a', '', false), pendingPod('virt-operator-1-b', '', false)],
        cordon,
      ),
      'kube-scheduler',
    ),
    'scheduler-down certain',
    ['cordoned certain next'],
  ],
  [
    'labels that no node has, then nodes',
    onBoth(
      patched([...noPods, pendingPod('virt-operator-1-a'), pendingPod('virt-operator-1-b')], 'Pod', {
        spec: { nodeSelector: { zone: 'a' } },
      }),
      cordon,
    ),
    'node-selector-mismatch certain',
    ['cordoned certain next'],
  ],
  [
    'dead nodes, then a role binding',
    without(
      onBoth([...noPods, crashingPod('virt-operator-1-a', {}), crashingPod('virt-operator-1-b', {}, 'cp-1')], dead),
      'ClusterRoleBinding/kubevirt-operator',
    ),
    'node-kubelet-stopped certain crash-unexplained',
    ['crash-rbac certain next'],
  ],
];

for (const [name, objects, cause, findings] of OTHERS) {
  test(name, async () => {
    assert.equal(await answer(objects), { verdict: 'down', causes: [cause], findings });
  });
}

const LIMITS: [string, object, object, string[]][] = [
  ['pods: 0', { pods: '0' }, { pods: '2' }, ['quota-exceeded certain next']],
  ['room for those that are there', { pods: '2' }, { pods: '2' }, []],
  ['less memory than they use', { memory: '500Mi' }, { memory: '900Mi' }, ['quota-exceeded certain next']],
];
for (const [name, limit, used, findings] of LIMITS) {
  test(`Ready pods that do not lead, and a quota with ${name}`, async () => {
    const quota = patched([full], 'ResourceQuota', { spec: { hard: null }, status: { hard: limit, used } });
    const objects = [...stopped(installed(), 'virt-operator'), ...quota];
    assert.equal(await answer(objects), { verdict: 'down', causes: ['no-leader certain'], findings });
    assert.equal(
      ((await answer([...installed(), ...quota])) as { findings: string[] }).findings,
      [],
      'while one leads',
    );
  });
}

/** A former pod of the present template, which is on its way out. */
function former(pod: TestObject): TestObject {
  return { ...pod, metadata: { ...pod.metadata, deletionTimestamp: '2026-03-01T02:40:00Z' } };
}

const IMAGE_GONE = former(pullFailingPod('virt-operator-1-old', 'failed to resolve reference "x": not found'));

test('what stopped a former pod of the same template is likely to stop the next', async () => {
  assert.equal(await answer([...refused, IMAGE_GONE]), {
    verdict: 'down',
    causes: ['quota-exceeded certain'],
    findings: ['image-not-found likely next'],
  });
  const crashed = former(crashingPod('virt-operator-1-old', { message: 'panic: runtime error' }));
  assert.equal(await answer([...onBoth([...noPods, pendingPod('virt-operator-1-a')], cordon), crashed]), {
    verdict: 'down',
    causes: ['cordoned certain'],
    findings: ['crash-panic likely next'],
  });
});

test('what stopped a former pod says nothing where a later pod came as far, or of another template', async () => {
  const { findings } = (await answer([...refused, IMAGE_GONE, crashingPod('virt-operator-1-a', {})])) as {
    findings: string[];
  };
  assert.equal(findings, []);
  const ownerReferences = [
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'virt-operator-0', uid: 'r0', controller: true },
  ] as NonNullable<TestObject['metadata']>['ownerReferences'];
  const [old] = patched(
    installed().filter(({ kind }) => kind === 'ReplicaSet'),
    'ReplicaSet',
    {
      metadata: { name: 'virt-operator-0', uid: 'r0' },
      spec: { replicas: 0, template: { spec: { dnsPolicy: 'Default' } } },
    },
  );
  const [pod] = patched([IMAGE_GONE], 'Pod', { metadata: { ownerReferences } });
  assert.equal(await answer([...refused, old as TestObject, pod as TestObject]), {
    verdict: 'down',
    causes: ['quota-exceeded certain'],
    findings: [],
  });
});

test('nothing is said to come next unless every candidate node shows it', async () => {
  const quiet = { verdict: 'down', causes: ['quota-exceeded certain'], findings: [] };
  assert.equal(await answer(patched(refused, 'Node/cp-0', cordon)), quiet, 'one node is sound');
  assert.equal(await answer(onBoth(refused, cordon), ['/api/v1/nodes*']), quiet, 'nodes may not be read');
  const many = Array.from({ length: 50 }, (_, index) =>
    object(
      'v1',
      'Node',
      { name: `cp-9${index}`, labels: { 'kubernetes.io/os': 'linux', 'node-role.kubernetes.io/control-plane': '' } },
      cordon,
    ),
  );
  assert.equal(await answer([...onBoth(refused, cordon), ...many]), quiet, 'there may be more nodes than were read');
});

test('a healthy operator whose nodes would take no other pod is healthy, and that is told beside it', async () => {
  const findings = ['no-node-for-new-pods certain'];
  assert.equal(await answer(onBoth(installed(), cordon)), { verdict: 'healthy', causes: [], findings });
});

test('of nodes on which more stands in the way than on another one, only that other one counts', async () => {
  const waiting = [...noPods, pendingPod('virt-operator-1-a'), pendingPod('virt-operator-1-b')];
  const taints = [{ key: 'x', effect: 'NoSchedule' }];
  const tainted = onBoth(waiting, { spec: { taints } });
  assert.equal(await answer(patched(tainted, 'Node/cp-0', { spec: { unschedulable: true, taints } })), {
    verdict: 'down',
    causes: ['taint-untolerated-custom certain'],
    findings: ['cordoned certain'],
  });
});

/** A webhook that must agree to new pods, and whose Service is gone. */
const webhook = (more: object) =>
  object(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    { name: 'policy' },
    {
      webhooks: [
        {
          name: 'validate.example.com',
          clientConfig: { service: { namespace: 'policy', name: 'gone' } },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
          ...more,
        },
      ],
    },
  );
test('a webhook that nobody has asked since the operator was scaled down', async () => {
  const settled = patched(zero, 'ReplicaSet', { spec: { replicas: 0 } });
  assert.equal(await answer([...settled, webhook({})]), {
    verdict: 'down',
    causes: ['deployment-scaled-to-zero certain'],
    findings: ['webhook-unreachable certain next'],
  });
});

test('what refuses the pods that come after a restart', async () => {
  const silent = stopped(installed(), 'virt-operator');
  assert.equal(await answer(without(silent, 'PriorityClass')), {
    verdict: 'down',
    causes: ['no-leader certain'],
    findings: ['priorityclass-missing certain next'],
  });
  assert.equal(await answer([...silent, webhook({})]), {
    verdict: 'down',
    causes: ['no-leader certain'],
    findings: ['webhook-unreachable certain next'],
  });
  const maybe = webhook({ matchConditions: [{ name: 'some', expression: 'true' }] });
  assert.equal(await answer([...silent, maybe]), { verdict: 'down', causes: ['no-leader certain'], findings: [] });
});

test('behind what is first on every node, and only there, stands what is next', async () => {
  const waiting = [...noPods, pendingPod('virt-operator-1-a'), pendingPod('virt-operator-1-b')];
  const both = onBoth(waiting, { ...dead, ...cordon });
  assert.equal(await answer(both), {
    verdict: 'down',
    causes: ['node-kubelet-stopped certain'],
    findings: ['cordoned certain next'],
  });
  const one = patched(patched(waiting, 'Node/cp-0', { ...dead, ...cordon }), 'Node/cp-1', dead);
  assert.equal(await answer(one), {
    verdict: 'down',
    causes: ['node-kubelet-stopped certain'],
    findings: ['cordoned certain'],
  });
});

test.run();
