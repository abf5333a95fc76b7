import * as assert from 'uvu/assert';
import type { Question } from '../../../src/kube/read/question.ts';
import { DISCOVERY, READS } from '../../../src/kube/read/reads.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('reads');
const NS = 'kubevirt';
const SELECTOR = { labelSelector: 'kubernetes.io/os=linux,role in (a)', fieldSelector: '' };

/** Every question that can be asked, with the parts of its request that the server sees. */
const QUESTIONS: Question[] = [
  READS.version.ask(),
  READS.kubevirtCrd.ask(),
  READS.kubevirts.ask(null),
  READS.kubevirts.ask(NS),
  READS.operatorWebhook.ask(),
  READS.operatorClusterRoleBinding.ask(),
  READS.operatorRoleBinding.ask(NS),
  READS.operatorClusterRole.ask(),
  READS.operatorRole.ask(NS),
  READS.namespace.ask(NS),
  READS.deployment.ask(NS),
  READS.replicaSets.ask(NS),
  READS.pods.ask(NS),
  READS.events.ask(NS),
  READS.operatorLease.ask(NS),
  READS.controllerManagerLease.ask(),
  READS.serviceAccount.ask(NS, 'sa'),
  READS.priorityClass.ask('high'),
  READS.resourceQuotas.ask(NS),
  READS.nodeOverview.ask(),
  READS.nodes.ask(SELECTOR),
  READS.nodeLeases.ask('n1'),
  READS.nodePods.ask('n1'),
  READS.webhooks.ask('mutatingWebhooks'),
  READS.webhookServices.ask('guard', 'policy'),
  READS.webhookEndpoints.ask('guard', 'policy'),
  READS.admissionPolicies.ask('validatingAdmissionPolicyBindings', 'b'),
  READS.runtimeClass.ask('kata'),
  READS.controllerRights.ask('clusterRoles', 'system:controller:replicaset-controller'),
  READS.otherDeployments.ask(null),
  READS.autoscalers.ask(NS),
  READS.scaledObjects.ask(NS),
  READS.clusterServiceVersion.ask(NS, 'v1'),
  READS.prometheusRules.ask(NS),
  READS.serviceMonitors.ask(),
  READS.kubeStateMetrics.ask('statefulSets'),
  READS.metricsService.ask(NS),
  READS.networkPolicies.ask(NS),
  READS.strategyPods.ask(NS),
  READS.vmiCount.ask(),
  DISCOVERY.labelledNamespaces(),
  DISCOVERY.eventsAbout(NS, 'p'),
  DISCOVERY.node('n1'),
];

test('each command is what a person would type', () => {
  assert.equal(
    QUESTIONS.map(({ command }) => command),
    [
      'kubectl version',
      'kubectl get crd kubevirts.kubevirt.io -o yaml',
      'kubectl get kubevirts -A',
      'kubectl get kubevirts -n kubevirt',
      'kubectl get validatingwebhookconfiguration virt-operator-validator -o yaml',
      'kubectl get clusterrolebinding kubevirt-operator -o yaml',
      'kubectl get rolebinding kubevirt-operator-rolebinding -n kubevirt -o yaml',
      'kubectl get clusterrole kubevirt-operator -o yaml',
      'kubectl get role kubevirt-operator -n kubevirt -o yaml',
      'kubectl get namespace kubevirt -o yaml',
      'kubectl get deployment virt-operator -n kubevirt -o yaml',
      'kubectl get replicasets -n kubevirt -l kubevirt.io=virt-operator',
      'kubectl get pods -n kubevirt -l kubevirt.io=virt-operator',
      'kubectl get events -n kubevirt',
      'kubectl get lease virt-operator -n kubevirt -o yaml',
      'kubectl get lease kube-controller-manager -n kube-system -o yaml',
      'kubectl get serviceaccount sa -n kubevirt -o yaml',
      'kubectl get priorityclass high -o yaml',
      'kubectl get resourcequotas -n kubevirt',
      'kubectl get nodes',
      "kubectl get nodes -l 'kubernetes.io/os=linux,role in (a)'",
      'kubectl get lease n1 -n kube-node-lease -o yaml',
      "kubectl get pods -A --field-selector 'spec.nodeName=n1,status.phase!=Succeeded,status.phase!=Failed'",
      'kubectl get mutatingwebhookconfigurations',
      'kubectl get service policy -n guard -o yaml',
      'kubectl get endpointslices -n guard -l kubernetes.io/service-name=policy',
      'kubectl get validatingadmissionpolicybinding b -o yaml',
      'kubectl get runtimeclass kata -o yaml',
      'kubectl get clusterrole system:controller:replicaset-controller -o yaml',
      'kubectl get deployments -A -l kubevirt.io=virt-operator',
      'kubectl get horizontalpodautoscalers -n kubevirt',
      'kubectl get scaledobjects -n kubevirt',
      'kubectl get clusterserviceversion v1 -n kubevirt -o yaml',
      'kubectl get prometheusrules -n kubevirt --field-selector metadata.name=prometheus-kubevirt-rules',
      'kubectl get servicemonitors -A -l prometheus.kubevirt.io',
      'kubectl get statefulsets -A -l app.kubernetes.io/name=kube-state-metrics',
      'kubectl get service kubevirt-prometheus-metrics -n kubevirt -o yaml',
      'kubectl get networkpolicies -n kubevirt',
      'kubectl get pods -n kubevirt -l kubevirt.io=virt-operator-strategy-dumper',
      'kubectl get virtualmachineinstances -A',
      'kubectl get namespaces -l kubevirt.io',
      'kubectl get events -n kubevirt --field-selector involvedObject.name=p',
      'kubectl get node n1 -o yaml',
    ],
  );
});

test('every list is limited, and every read but the version needs a right', () => {
  for (const { request, right } of QUESTIONS) {
    if (right?.verb === 'list') assert.ok(Number(request.query?.limit) > 0, request.path);
    assert.is(right === null, request.path === '/version');
  }
});

test('paths and rights name group, resource and scope', () => {
  const of = ({ request, right }: Question) => [request.path, right];
  assert.equal(of(READS.deployment.ask(NS)), [
    '/apis/apps/v1/namespaces/kubevirt/deployments/virt-operator',
    { verb: 'get', group: 'apps', resource: 'deployments', namespace: 'kubevirt' },
  ]);
  assert.equal(of(READS.nodes.ask(SELECTOR)), [
    '/api/v1/nodes',
    { verb: 'list', group: '', resource: 'nodes', namespace: null },
  ]);
  assert.equal(of(READS.namespace.ask('a/b')), [
    '/api/v1/namespaces/a%2Fb',
    { verb: 'get', group: '', resource: 'namespaces', namespace: null },
  ]);
});

test.run();
