import { get, list } from './question.ts';
import { RESOURCES } from './resources.ts';

/** On all that KubeVirt makes for Prometheus (pkg/monitoring/rules/rules.go and components/prometheus.go, v1.7.0). */
const MONITORING_LABEL = 'prometheus.kubevirt.io';
const KUBE_STATE_METRICS_LABEL = 'app.kubernetes.io/name=kube-state-metrics';
/** Pods of the Job that works out what to install (KubeVirt v1.9 pkg/virt-operator/kubevirt.go). */
const STRATEGY_LABEL = 'kubevirt.io=virt-operator-strategy-dumper';

/** The reads about what makes alerts (see reads.ts). */
export const MONITORING_READS = {
  prometheusRules: {
    what: 'PrometheusRule prometheus-kubevirt-rules',
    // A list, for a GET says the same where there is no such object and where there are no such objects at all.
    ask: (namespace: string) =>
      list(RESOURCES.prometheusRules, {
        namespace,
        limit: 1,
        fieldSelector: 'metadata.name=prometheus-kubevirt-rules',
      }),
  },
  serviceMonitors: {
    what: 'ServiceMonitors of KubeVirt',
    ask: () => list(RESOURCES.serviceMonitors, { namespace: null, limit: 10, labelSelector: MONITORING_LABEL }),
  },
  kubeStateMetrics: {
    what: 'kube-state-metrics',
    ask: (kind: 'deployments' | 'statefulSets') =>
      list(RESOURCES[kind], { namespace: null, limit: 10, labelSelector: KUBE_STATE_METRICS_LABEL }),
  },
  metricsService: {
    what: 'Service kubevirt-prometheus-metrics',
    ask: (namespace: string) => get(RESOURCES.services, namespace, 'kubevirt-prometheus-metrics'),
  },
  networkPolicies: {
    what: 'NetworkPolicies',
    ask: (namespace: string) => list(RESOURCES.networkPolicies, { namespace, limit: 50 }),
  },
  strategyPods: {
    what: 'pods of the install-strategy Job',
    ask: (namespace: string) => list(RESOURCES.pods, { namespace, limit: 10, labelSelector: STRATEGY_LABEL }),
  },
};
