import * as assert from 'uvu/assert';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import {
  answer,
  crashingPod,
  deploymentRights,
  diagnosisOf,
  failedCreate,
  installed,
  patched,
  without,
} from './outage.ts';

const test = suite('outages that objects tell without a scenario of their own');
const settled = { metadata: { creationTimestamp: '2026-03-01T00:00:00Z' } };
const noPods = patched(patched(without(installed(), 'Pod'), 'Deployment', settled), 'ReplicaSet', settled);

async function first(objects: TestObject[]) {
  const [cause] = (await diagnosisOf(objects)).causes;
  if (!cause) throw new Error('no cause');
  const { code, confidence, title, evidence, mitigation } = cause;
  return { code, confidence, title, texts: evidence.map(({ text }) => text), command: mitigation?.command };
}

test('a webhook that the API server reaches and does not trust is not said to be silent', async () => {
  const webhook = {
    name: 'policy.example.com',
    clientConfig: { service: { namespace: 'guard', name: 'policy' } },
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
  };
  const labels = { 'kubernetes.io/service-name': 'policy' };
  const answering = [
    object(
      'admissionregistration.k8s.io/v1',
      'ValidatingWebhookConfiguration',
      { name: 'policy' },
      { webhooks: [webhook] },
    ),
    object('v1', 'Service', { name: 'policy', namespace: 'guard' }),
    object(
      'discovery.k8s.io/v1',
      'EndpointSlice',
      { name: 'policy-1', namespace: 'guard', labels },
      { endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }] },
    ),
  ];
  const refused = failedCreate(
    'Internal error occurred: failed calling webhook "policy.example.com": failed to call webhook: Post "https://policy.guard.svc:443/?timeout=10s": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  );
  const { code, confidence, title } = await first([...noPods, ...answering, refused]);
  assert.equal([code, confidence], ['webhook-unreachable', 'likely']);
  assert.match(title, 'has a certificate that the API server does not trust');
});

test('words about a quota that has room are not shown as proof of another that is full', async () => {
  const quota = (name: string, used: string) =>
    object(
      'v1',
      'ResourceQuota',
      { name, namespace: 'kubevirt' },
      { spec: { hard: { pods: '2' } }, status: { hard: { pods: '2' }, used: { pods: used } } },
    );
  const stale = failedCreate(
    'pods "x" is forbidden: exceeded quota: roomy, requested: pods=1, used: pods=2, limited: pods=2',
  );
  const { title, texts } = await first([...noPods, quota('full', '2'), quota('roomy', '0'), stale]);
  assert.match(title, 'ResourceQuota full leaves');
  assert.equal(texts, ['pods: 2 used of 2, one pod asks for 1']);
});

test('a sidecar among the init containers is no init container that does not get done', async () => {
  const ended = { exitCode: 255, reason: 'Error', finishedAt: '2026-03-01T02:58:00Z' };
  const meshed = (name: string, nodeName: string) =>
    operatorPod(name, nodeName, 'kubevirt', {
      spec: { nodeName, initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False' }],
        initContainerStatuses: [
          { name: 'proxy', ready: false, restartCount: 7, state: {}, lastState: { terminated: ended } },
        ],
        containerStatuses: [{ name: 'virt-operator', ready: true, state: { running: {} } }],
      },
    });
  assert.equal(await answer([...noPods, meshed('virt-operator-1-a', 'cp-0'), meshed('virt-operator-1-b', 'cp-1')]), {
    verdict: 'down',
    causes: ['sidecar-not-ready certain'],
    findings: [],
  });
});

test('a sidecar among the init containers that does not start keeps the operator waiting', async () => {
  const waiting = (name: string, nodeName: string, startedAt: string) =>
    operatorPod(name, nodeName, 'kubevirt', {
      spec: { nodeName, initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] },
      status: {
        phase: 'Pending',
        conditions: [{ type: 'Ready', status: 'False' }],
        initContainerStatuses: [{ name: 'proxy', ready: false, started: false, state: { running: { startedAt } } }],
        containerStatuses: [{ name: 'virt-operator', state: { waiting: { reason: 'PodInitializing' } } }],
      },
    });
  const both = (startedAt: string) => [
    ...noPods,
    waiting('virt-operator-1-a', 'cp-0', startedAt),
    waiting('virt-operator-1-b', 'cp-1', startedAt),
  ];
  const down = { verdict: 'down', causes: ['sidecar-not-ready certain'], findings: [] };
  assert.equal(await answer(both('2026-03-01T02:50:00Z')), down);
  assert.equal(await answer(both('2026-03-01T02:59:50Z')), { ...down, causes: [] });
});

test('a ScaledObject that is paused at 0 replicas keeps the Deployment there, whatever its minimum', async () => {
  const zero = patched(patched(noPods, 'Deployment', { spec: { replicas: 0 } }), 'ReplicaSet', {
    spec: { replicas: 0 },
  });
  const scaled = (paused: string) =>
    object(
      'keda.sh/v1alpha1',
      'ScaledObject',
      { name: 's', namespace: 'kubevirt', annotations: { 'autoscaling.keda.sh/paused-replicas': paused } },
      { spec: { scaleTargetRef: { name: 'virt-operator' }, minReplicaCount: 1 } },
    );
  assert.is((await first([...zero, scaled('0')])).code, 'autoscaler-to-zero');
  assert.is((await first([...zero, scaled('2')])).code, 'deployment-scaled-to-zero');
  assert.is((await first([...zero, scaled('none')])).code, 'deployment-scaled-to-zero');
});

test('controllers that are left out of a running kube-controller-manager leave their objects unseen', async () => {
  const behind = patched(noPods, 'ReplicaSet', { metadata: { generation: 3 }, status: { observedGeneration: 2 } });
  const counting = patched(noPods, 'ReplicaSet', { status: { replicas: 2 } });
  const unscaled = [...patched(noPods, 'ReplicaSet', { spec: { replicas: 0 } }), ...deploymentRights()];
  const cases: [TestObject[], string][] = [
    [behind, 'the controller of ReplicaSet virt-operator-1 has not looked at it lately'],
    [counting, 'the controller of ReplicaSet virt-operator-1 has not looked at it lately'],
    [unscaled, 'the controller of Deployment virt-operator does not scale its ReplicaSets'],
  ];
  for (const [objects, title] of cases) {
    const found = await first(objects);
    assert.equal([found.code, found.confidence, found.title], ['observed-generation-lag', 'possible', title]);
  }
});

test('a Deployment whose ReplicaSet stays at 0 because its controller lost its rights', async () => {
  const unscaled = patched(noPods, 'ReplicaSet', { spec: { replicas: 0 } });
  const role = 'ClusterRole/system:controller:deployment-controller';
  const sound = [...unscaled, ...deploymentRights()];
  const cases: [TestObject[], string, string][] = [
    [unscaled, 'certain', 'ClusterRoleBinding system:controller:deployment-controller does not exist'],
    [without(sound, role), 'certain', 'ClusterRole system:controller:deployment-controller does not exist'],
    [
      patched(sound, role, { rules: [{ verbs: ['get', 'list', 'create'], apiGroups: ['apps'], resources: ['*'] }] }),
      'certain',
      'ClusterRole system:controller:deployment-controller does not allow to update replicasets',
    ],
  ];
  for (const [objects, confidence, title] of cases) {
    const found = await first(objects);
    assert.equal([found.code, found.confidence, found.title], ['controller-rbac-broken', confidence, title]);
  }
});

test('a controller that reports failures, has just been given work or waits for old pods is at work', async () => {
  const behind = patched(noPods, 'ReplicaSet', { metadata: { generation: 3 }, status: { observedGeneration: 2 } });
  const unscaled = patched(noPods, 'ReplicaSet', { spec: { replicas: 0 } });
  const quiet = [
    [...behind, failedCreate('something new')],
    patched(behind, 'ReplicaSet', { metadata: { creationTimestamp: '2026-03-01T02:59:50Z' } }),
    patched(unscaled, 'Deployment', { metadata: { creationTimestamp: '2026-03-01T02:59:50Z' } }),
    patched(unscaled, 'Deployment', { spec: { strategy: { type: 'Recreate' } } }),
  ];
  for (const objects of quiet) {
    const { causes } = await diagnosisOf(objects);
    assert.not.ok(causes.some(({ code }) => code === 'observed-generation-lag'));
  }
});

test('a NetworkPolicy that surely denies the way to the API server is what to look at', async () => {
  const message = 'unable to get kubevirt: Get "https://10.96.0.1:443/apis": dial tcp 10.96.0.1:443: i/o timeout';
  const deny = object(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    { name: 'deny', namespace: 'kubevirt' },
    { spec: { podSelector: {}, policyTypes: ['Egress'] } },
  );
  const crashing = [...noPods, crashingPod('virt-operator-1-a', { message })];
  assert.is((await first([...crashing, deny])).command, 'kubectl -n kubevirt describe networkpolicy deny');
  assert.match((await first(crashing)).command ?? '', 'spec.nodeName=cp-0');
});

test('no token: the pod or its ServiceAccount says why, and what mends it', async () => {
  const message = 'panic: open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory';
  const crashing = [
    ...noPods,
    crashingPod('virt-operator-1-a', { message }),
    crashingPod('virt-operator-1-b', { message }, 'cp-1'),
  ];
  const off = { automountServiceAccountToken: false };
  const byAccount = await first(patched(crashing, 'ServiceAccount', off));
  assert.equal([byAccount.code, byAccount.confidence], ['startup-misc-fatal', 'certain']);
  assert.match(byAccount.command ?? '', 'patch serviceaccount kubevirt-operator');
  const byPod = await first(patched(crashing, 'Pod', { spec: off }));
  assert.equal([byPod.code, byPod.confidence], ['startup-misc-fatal', 'certain']);
  assert.match(byPod.command ?? '', 'patch deployment virt-operator');
  assert.is((await first(crashing)).confidence, 'likely');
  const volumeMounts = [{ name: 't', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }];
  const brought = patched(crashing, 'Pod', { spec: { ...off, containers: [{ name: 'virt-operator', volumeMounts }] } });
  assert.is((await first(brought)).confidence, 'likely');
});

test.run();
