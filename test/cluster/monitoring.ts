import type { Cluster } from './cluster.ts';
import { dumpInstallStrategy } from './install-strategy.ts';
import { create, get, kubectl, waitUntil } from './kubectl.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, startOperator, waitForLeader } from './operator.ts';

const GROUP = 'monitoring.coreos.com';
export const IN_MONITORING = '--namespace=monitoring';
const KUBE_STATE_METRICS = { 'app.kubernetes.io/name': 'kube-state-metrics' };

export const MONITORING = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring' } };

/** Serves PrometheusRules and ServiceMonitors, as prometheus-operator does; the operator looks for them when it starts. */
export async function serveMonitoring(cluster: Cluster): Promise<void> {
  await create(cluster, definition('PrometheusRule'), definition('ServiceMonitor'));
  const names = ['prometheusrules', 'servicemonitors'].map((plural) => `crd/${plural}.${GROUP}`);
  await kubectl(cluster, ['wait', '--for=condition=Established', ...names, '--timeout=30s']);
}

/** Installs what the alerts need, has the operator work out anew what to install, and waits until it leads and made its rules. */
export async function installMonitoring(cluster: Cluster): Promise<void> {
  await serveMonitoring(cluster);
  await create(
    cluster,
    MONITORING,
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'prometheus-k8s', namespace: 'monitoring' } },
    kubeStateMetrics(),
  );
  await kubectl(cluster, ['delete', 'configmap', '--selector=kubevirt.io/install-strategy', IN_KUBEVIRT]);
  await dumpInstallStrategy(cluster);
  await startOperator(cluster, await leaderOrFirstPod(cluster));
  await waitForLeader(cluster);
  await waitUntil('the operator made its rules and its ServiceMonitor', 120, async () => {
    const rule = await get(cluster, ['prometheusrule', 'prometheus-kubevirt-rules', IN_KUBEVIRT]);
    return (
      rule !== null && (await get(cluster, ['servicemonitor', 'prometheus-kubevirt-rules', IN_MONITORING])) !== null
    );
  });
  await kubectl(cluster, ['rollout', 'status', 'deployment/kube-state-metrics', IN_MONITORING, '--timeout=60s']);
}

function definition(kind: string): object {
  const plural = `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}

/** The Deployment from which Prometheus knows of pods; its namespace must exist. */
export function kubeStateMetrics(): object {
  const containers = [
    { name: 'kube-state-metrics', image: 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.17.0' },
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'kube-state-metrics', namespace: 'monitoring', labels: KUBE_STATE_METRICS },
    spec: {
      replicas: 1,
      selector: { matchLabels: KUBE_STATE_METRICS },
      template: { metadata: { labels: KUBE_STATE_METRICS }, spec: { containers } },
    },
  };
}

/** The alert about pods, as KubeVirt 1.9 writes it: it counts phases. */
export const RULE_OF_1_9 = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'prometheus-kubevirt-rules', namespace: 'kubevirt' },
  spec: {
    groups: [
      {
        name: 'alerts.rules',
        rules: [
          {
            alert: 'VirtOperatorDown',
            expr: 'cluster:kubevirt_virt_operator_pods_running:count == 0',
            for: '10m',
            labels: { severity: 'critical' },
          },
        ],
      },
    ],
  },
};
