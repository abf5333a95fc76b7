import * as assert from 'uvu/assert';
import { askArchive } from '../../../src/archive/store.ts';
import { gather } from '../../../src/kube/read/gather.ts';
import { AccessError } from '../../../src/model/errors.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import type { Ask } from '../../../src/model/request.ts';
import { archiveOf, healthyCluster, object, operatorPod, READ_AT, type TestObject } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';
import { monitored } from '../../rules/monitored.ts';
import { patched } from '../../rules/outage.ts';

const test = suite('gather');
const cluster = { context: 'prod', server: 'https://api.example:6443', user: 'alice' };
const FORBIDDEN = { status: 403, message: 'forbidden' };

function read(objects: TestObject[], refused: string[] = [], namespace?: string): Promise<Evidence> {
  const archive = archiveOf(objects, { refused: refused.map((path) => ({ path, ...FORBIDDEN })) });
  return gather(askArchive(archive), { cluster, namespace });
}

function without(kind: string, objects = healthyCluster()): TestObject[] {
  return objects.filter((one) => one.kind !== kind);
}

function statuses(evidence: Evidence, ...keys: (keyof Evidence['reads'])[]): string[] {
  return keys.map((key) => evidence.reads[key].status);
}

test('where none leads no more is asked than elsewhere, though alerts are made', async () => {
  const restarted = { containerStatuses: [{ name: 'virt-operator', state: { running: { startedAt: READ_AT } } }] };
  const stale = { spec: { renewTime: '2026-03-01T02:00:00Z' } };
  const leaderless = patched(patched(monitored('v1.7.0'), 'Lease/virt-operator', stale), 'Pod', { status: restarted });
  const { log, reads } = await read(leaderless);
  assert.is(reads.operatorLogs.status, 'read');
  assert.is(reads.serviceMonitors.status, 'unneeded');
  assert.ok(log.length <= 32, `${log.length} requests`);
});

test('a healthy cluster is read in two rounds, without follow-ups', async () => {
  const { readAt, namespace, foundBy, reads, log } = await read(healthyCluster());
  assert.equal([readAt, namespace, foundBy], [READ_AT, 'kubevirt', 'deployment']);
  const unneeded = Object.entries(reads).filter(([, { status }]) => status === 'unneeded');
  assert.equal(unneeded.map(([key]) => key).sort(), [
    'admissionPolicies',
    'autoscalers',
    'clusterServiceVersion',
    'controllerRights',
    'kubeStateMetrics',
    'leaseHolderPod',
    'limitRanges',
    'metricsService',
    'networkPolicies',
    'nodeLeases',
    'nodePods',
    'operatorClusterRole',
    'operatorClusterRoleBinding',
    'operatorLogs',
    'operatorRole',
    'operatorRoleBinding',
    'resourceQuotas',
    'runtimeClass',
    'scaledObjects',
    'serviceMonitors',
    'strategyPods',
    'webhookEndpoints',
    'webhookServices',
    'webhooks',
  ]);
  assert.ok(log.length <= 22, `${log.length} requests`);
  assert.equal(reads.nodes.status === 'read' && reads.nodes.value.map((one) => one.metadata?.name), ['cp-0', 'cp-1']);
  assert.equal(reads.nodeOverview.status === 'read' && reads.nodeOverview.value.total, 3);
  assert.equal(reads.vmiCount, { status: 'read', value: 0 });
});

test('what feeds alerts is read while pods are Ready and there are alerts, or when all is asked for', async () => {
  const keys = ['prometheusRules', 'serviceMonitors', 'kubeStateMetrics', 'metricsService', 'networkPolicies'] as const;
  const all = [...keys, 'strategyPods'] as const;
  const group = 'monitoring.coreos.com';
  const crds = ['prometheusrules', 'servicemonitors'].map((name) =>
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { name: `${name}.${group}` }),
  );
  const rule = object(`${group}/v1`, 'PrometheusRule', { name: 'prometheus-kubevirt-rules', namespace: 'kubevirt' });
  const monitored = [...healthyCluster(), ...crds, rule];
  const shown = async (objects: TestObject[], depth?: 'all') => {
    const evidence = await gather(askArchive(archiveOf(objects)), { cluster, ...(depth && { depth }) });
    return statuses(evidence, ...all);
  };
  const unneeded = 'unneeded';
  assert.equal(await shown(monitored), ['read', 'read', 'read', 'absent', 'read', unneeded]);
  assert.equal(await shown(without('Pod', monitored)), ['read', unneeded, unneeded, unneeded, unneeded, unneeded]);
  assert.is((await shown([...healthyCluster(), ...crds]))[1], unneeded, 'no rule: nothing that could be false');
  assert.equal(await shown(healthyCluster(), 'all'), ['absent', 'absent', 'read', 'absent', 'read', 'read']);
  const { log } = await read(monitored);
  assert.ok(log.length <= 27, `${log.length} requests`);
  const refused = await read(monitored, [`/apis/${group}/*`]);
  assert.equal(statuses(refused, ...keys), ['forbidden', 'forbidden', 'read', 'absent', 'read']);
});

test('the namespace is found by each trace in turn', async () => {
  const found = async (objects: TestObject[]) => {
    const { namespace, foundBy } = await read(objects);
    return [namespace, foundBy];
  };
  const noDeployment = without('Deployment', healthyCluster('virt'));
  const noKubevirt = without('KubeVirt', noDeployment);
  const webhooks = [{ clientConfig: { service: { name: 'kubevirt-operator-webhook', namespace: 'gone' } } }];
  const webhook = object(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    { name: 'virt-operator-validator' },
    { webhooks },
  );
  assert.equal(await found(healthyCluster('virt')), ['virt', 'deployment']);
  assert.equal(await found(noDeployment), ['virt', 'kubevirt']);
  assert.equal(await found([...noKubevirt, webhook]), ['gone', 'webhook']);
  assert.equal(await found(noKubevirt), ['virt', 'namespace-label']);
  assert.equal(await found([]), [null, null]);
});

test('of two Deployments with the label the one that asks for pods is looked at', async () => {
  const found = async (replicas: number, namespace: string) => {
    const objects = healthyCluster();
    const [own] = objects.filter(({ kind }) => kind === 'Deployment');
    const scaled = objects.map((one) => (one === own ? { ...one, spec: { ...(one.spec as object), replicas } } : one));
    const other = { ...own, metadata: { ...own?.metadata, name: 'virt-operator-new', namespace, uid: 'other' } };
    const { reads } = await read([...scaled, other as TestObject]);
    return reads.deployment.status === 'read' ? reads.deployment.value.metadata?.name : null;
  };
  assert.is(await found(2, 'kubevirt'), 'virt-operator');
  assert.is(await found(0, 'kubevirt'), 'virt-operator-new');
  assert.is(await found(0, 'other'), 'virt-operator');
});

test('a namespace that was asked for is the only one looked at', async () => {
  const { namespace, foundBy, reads } = await read(healthyCluster(), [], 'other');
  assert.equal(
    [namespace, foundBy, reads.deployment.status, reads.namespace.status],
    ['other', 'flag', 'absent', 'absent'],
  );
  const evidence = await read(healthyCluster(), [], 'kubevirt');
  assert.equal([evidence.foundBy, evidence.reads.deployment.status], ['flag', 'read']);
});

test('a user who may not list finds the operator under a well-known name', async () => {
  const clusterWide = ['/apis/apps/v1/deployments', '/apis/kubevirt.io/v1/*', '/api/v1/namespaces', '/api/v1/nodes*'];
  const webhooks = '/apis/admissionregistration.k8s.io/*';
  const evidence = await read(healthyCluster('openshift-cnv'), [...clusterWide, webhooks]);
  assert.equal([evidence.namespace, evidence.foundBy], ['openshift-cnv', 'well-known']);
  assert.equal(statuses(evidence, 'deployment', 'kubevirts', 'nodes', 'pods'), [
    'read',
    'forbidden',
    'forbidden',
    'read',
  ]);
});

test('the only well-known namespace that a user may read is theirs, also without a Deployment', async () => {
  const others = ['openshift-cnv', 'kubevirt-hyperconverged', 'harvester-system'].map(
    (name) => `/apis/apps/v1/namespaces/${name}/*`,
  );
  const clusterWide = ['/apis/apps/v1/deployments', '/apis/kubevirt.io/v1/*', '/api/v1/namespaces', '/apis/admission*'];
  const { namespace, reads } = await read(without('Deployment'), [...clusterWide, ...others]);
  assert.equal([namespace, reads.deployment.status], ['kubevirt', 'absent']);
});

test('a user who may read nothing gets evidence that says so', async () => {
  const evidence = await read(healthyCluster(), ['/*']);
  assert.equal([evidence.namespace, evidence.foundBy], [null, null]);
  assert.equal(statuses(evidence, 'deployment', 'pods', 'version'), ['forbidden', 'unneeded', 'forbidden']);
});

test('missing pods ask for webhooks and their services', async () => {
  const service = { name: 'policy', namespace: 'guard' };
  const rules = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }];
  const objects = [
    ...without('Pod'),
    object(
      'admissionregistration.k8s.io/v1',
      'MutatingWebhookConfiguration',
      { name: 'policy' },
      { webhooks: [{ name: 'p.example', rules, clientConfig: { service } }] },
    ),
    object('v1', 'Service', service),
  ];
  const evidence = await read(objects);
  assert.equal(statuses(evidence, 'webhooks', 'webhookServices', 'webhookEndpoints'), ['read', 'read', 'read']);
  const { webhookServices } = evidence.reads;
  assert.equal(webhookServices.status === 'read' && webhookServices.value.map((one) => one.metadata?.name), ['policy']);
});

test('a pod that lacks room asks for the pods on the nodes it could use', async () => {
  const message = '0/3 nodes are available: 2 Insufficient memory, 1 node(s) did not match.';
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
  const pending = operatorPod('virt-operator-1-b', '', 'kubevirt', {
    spec: {},
    status: { phase: 'Pending', conditions },
  });
  const objects = healthyCluster().filter((one) => one.metadata?.name !== 'virt-operator-1-b');
  const { nodePods, webhooks } = (await read([...objects, pending])).reads;
  assert.equal(nodePods.status === 'read' && nodePods.value.map((one) => one.metadata?.name), ['virt-operator-1-a']);
  assert.is(webhooks.status, 'unneeded');
});

test('a node that a pod is bound to is read although the template would not admit it', async () => {
  const objects = healthyCluster().filter((one) => one.metadata?.name !== 'virt-operator-1-b');
  const names = async (nodeName: string) => {
    const { nodes } = (await read([...objects, operatorPod('virt-operator-1-b', nodeName)])).reads;
    return nodes.status === 'read' && nodes.value.map((one) => one.metadata?.name);
  };
  assert.equal(await names('worker-0'), ['cp-0', 'cp-1', 'worker-0']);
  assert.equal(await names('gone'), ['cp-0', 'cp-1']);
});

test('where nothing answers, one error names server, context and what to do', async () => {
  const ask: Ask = async () => ({ status: 'failed', reason: 'api-unreachable', message: 'connection refused' });
  const error = await gather(ask, { cluster }).catch((thrown: unknown) => thrown);
  assert.instance(error, AccessError);
  assert.is(
    (error as AccessError).message,
    'cannot reach https://api.example:6443 (context prod): connection refused; check the network, VPN or proxy, and the server address in the kubeconfig',
  );
});

test('a body of another shape is a failure, never an empty list', async () => {
  const ask = askArchive(archiveOf(healthyCluster()));
  const odd: Ask = async (request) =>
    request.path.endsWith('/pods') ? { status: 'read', body: { pods: [] } } : ask(request);
  const { pods } = (await gather(odd, { cluster })).reads;
  assert.equal(pods, {
    status: 'failed',
    reason: 'not-kubernetes',
    message: 'the answer to GET /api/v1/namespaces/kubevirt/pods is not a Kubernetes object',
  });
});

test.run();
