import { ofVersion } from '../../src/alerts/definitions.ts';
import { object, type TestObject } from '../helpers/cluster.ts';
import { installed, patched } from './outage.ts';

const LABEL = { 'prometheus.kubevirt.io': 'true' };
const GROUP = 'monitoring.coreos.com';

/** A healthy cluster whose alerts see the operator, with the rules of this version of KubeVirt. */
export function monitored(version: string): TestObject[] {
  const image = `quay.io/kubevirt/virt-operator:${version}`;
  const containers = [{ name: 'virt-operator', image, ports: [{ name: 'metrics', containerPort: 8443 }] }];
  const template = { spec: { template: { spec: { containers } } } };
  const labelled = patched(installed(), 'Pod', { metadata: { labels: LABEL } });
  return [
    ...patched(patched(labelled, 'Deployment', template), 'ReplicaSet', template),
    ...['prometheusrules', 'servicemonitors'].map((name) =>
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { name: `${name}.${GROUP}` }),
    ),
    ruleOf(version),
    object(
      `${GROUP}/v1`,
      'ServiceMonitor',
      { name: 'prometheus-kubevirt-rules', namespace: 'monitoring', labels: LABEL },
      { spec: { selector: { matchLabels: LABEL }, namespaceSelector: { matchNames: ['kubevirt'] } } },
    ),
    object(
      'v1',
      'Service',
      { name: 'kubevirt-prometheus-metrics', namespace: 'kubevirt', labels: LABEL },
      { spec: { selector: LABEL } },
    ),
    kubeStateMetrics(),
  ];
}

/** The PrometheusRule of a version, as the operator makes it. */
function ruleOf(version: string): TestObject {
  const { alerts, readyNeedsKubeStateMetrics } = ofVersion(version);
  const rules = alerts.map(({ name, expression, minutes, severity }) => ({
    alert: name,
    expr: expression,
    for: `${minutes}m`,
    labels: { severity },
  }));
  const ready = {
    record: 'kubevirt_virt_operator_ready',
    expr: readyNeedsKubeStateMetrics
      ? "sum(kube_pod_status_ready{condition='true'} * kubevirt_virt_operator_ready_status)"
      : '',
  };
  const metadata = { name: 'prometheus-kubevirt-rules', namespace: 'kubevirt' };
  return object(`${GROUP}/v1`, 'PrometheusRule', metadata, { spec: { groups: [{ rules: [ready, ...rules] }] } });
}

/** kube-state-metrics as its charts label it, ready, with these flags. */
export function kubeStateMetrics(...args: string[]): TestObject {
  const labels = { 'app.kubernetes.io/name': 'kube-state-metrics' };
  const containers = [{ name: 'kube-state-metrics', args }];
  return object(
    'apps/v1',
    'Deployment',
    { name: 'kube-state-metrics', namespace: 'monitoring', labels },
    { spec: { replicas: 1, template: { spec: { containers } } }, status: { readyReplicas: 1 } },
  );
}

/** A NetworkPolicy of the operator's namespace. */
export function policy(spec: object, name = 'deny'): TestObject {
  return object('networking.k8s.io/v1', 'NetworkPolicy', { name, namespace: 'kubevirt' }, { spec });
}
