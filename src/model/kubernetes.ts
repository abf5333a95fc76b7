import type {
  CoreV1Event,
  V1APIService,
  V1ClusterRole,
  V1ClusterRoleBinding,
  V1ConfigMap,
  V1DaemonSet,
  V1Deployment,
  V1EndpointSlice,
  V1LabelSelector,
  V1Lease,
  V1LimitRange,
  V1MutatingWebhookConfiguration,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1ObjectMeta,
  V1Pod,
  V1PodSpec,
  V1PodTemplateSpec,
  V1PriorityClass,
  V1ReplicaSet,
  V1ResourceQuota,
  V1Role,
  V1RoleBinding,
  V1Service,
  V1ServiceAccount,
  V1StatefulSet,
  V1ValidatingWebhookConfiguration,
} from '@kubernetes/client-node';
import type { Raw } from './raw.ts';

export type ObjectMeta = Raw<V1ObjectMeta>;
/** What every Kubernetes object has. */
export interface KubernetesObject {
  apiVersion?: string | null;
  kind?: string | null;
  metadata?: ObjectMeta | null;
}

export type APIService = Raw<V1APIService>;
export type ClusterRole = Raw<V1ClusterRole>;
export type ClusterRoleBinding = Raw<V1ClusterRoleBinding>;
export type ConfigMap = Raw<V1ConfigMap>;
export type DaemonSet = Raw<V1DaemonSet>;
export type Deployment = Raw<V1Deployment>;
export type EndpointSlice = Raw<V1EndpointSlice>;
export type KubernetesEvent = Raw<CoreV1Event>;
export type Lease = Raw<V1Lease>;
export type LimitRange = Raw<V1LimitRange>;
export type Namespace = Raw<V1Namespace>;
export type NetworkPolicy = Raw<V1NetworkPolicy>;
export type Node = Raw<V1Node>;
export type Pod = Raw<V1Pod>;
export type PodSpec = Raw<V1PodSpec>;
export type PodTemplate = Raw<V1PodTemplateSpec>;
export type PriorityClass = Raw<V1PriorityClass>;
export type ReplicaSet = Raw<V1ReplicaSet>;
export type ResourceQuota = Raw<V1ResourceQuota>;
export type Role = Raw<V1Role>;
export type RoleBinding = Raw<V1RoleBinding>;
export type Service = Raw<V1Service>;
export type ServiceAccount = Raw<V1ServiceAccount>;
export type StatefulSet = Raw<V1StatefulSet>;
export type WebhookConfiguration = Raw<V1ValidatingWebhookConfiguration> | Raw<V1MutatingWebhookConfiguration>;

/** The custom resource `kubevirts.kubevirt.io`, as far as this program looks at it (KubeVirt staging/src/kubevirt.io/api/core/v1/types.go, v1.9.0). */
export interface KubeVirt extends KubernetesObject {
  spec?: { certificateRotateStrategy?: { selfSigned?: SelfSigned | null } | null } | null;
  status?: {
    phase?: string | null;
    operatorVersion?: string | null;
    observedKubeVirtVersion?: string | null;
    targetKubeVirtVersion?: string | null;
    conditions?: { type?: string; status?: string; reason?: string; message?: string }[] | null;
  } | null;
}

/** How long certificates live, as Go durations; the fields of the second line are older, and win. */
export interface SelfSigned {
  ca?: { duration?: string | null; renewBefore?: string | null } | null;
  server?: { duration?: string | null; renewBefore?: string | null } | null;
  caRotateInterval?: string | null;
  certRotateInterval?: string | null;
  caOverlapInterval?: string | null;
}

/** CustomResourceDefinition, without the schemas of its versions (Kubernetes 1.36 staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go). */
export interface CustomResourceDefinition extends KubernetesObject {
  spec?: {
    versions?: ({ name?: string | null; served?: boolean | null } | null)[] | null;
    conversion?: {
      strategy?: string | null;
      webhook?: {
        clientConfig?: {
          url?: string | null;
          service?: { namespace?: string | null; name?: string | null } | null;
        } | null;
      } | null;
    } | null;
  } | null;
  status?: {
    conditions?: { type?: string; status?: string; reason?: string; message?: string }[] | null;
    storedVersions?: (string | null)[] | null;
  } | null;
}

/** ValidatingAdmissionPolicy or its binding, of which only the binding has actions and refers to parameters (Kubernetes 1.36 staging/src/k8s.io/api/admissionregistration/v1/types.go). */
export interface AdmissionPolicy extends KubernetesObject {
  spec?: {
    validationActions?: (string | null)[] | null;
    paramKind?: { apiVersion?: string | null; kind?: string | null } | null;
    paramRef?: { name?: string | null; namespace?: string | null } | null;
    matchConstraints?: MatchResources | null;
    matchResources?: MatchResources | null;
  } | null;
}

interface MatchResources {
  namespaceSelector?: Raw<V1LabelSelector> | null;
  objectSelector?: Raw<V1LabelSelector> | null;
}

/** HorizontalPodAutoscaler (autoscaling/v2) or KEDA's ScaledObject (keda.sh/v1alpha1): what sets replicas by itself. */
export interface Autoscaler extends KubernetesObject {
  spec?: {
    scaleTargetRef?: { kind?: string | null; name?: string | null } | null;
    minReplicas?: number | null;
    minReplicaCount?: number | null;
    idleReplicaCount?: number | null;
  } | null;
}

/** OLM's ClusterServiceVersion (operators.coreos.com/v1alpha1). */
export interface ClusterServiceVersion extends KubernetesObject {
  status?: { phase?: string | null; reason?: string | null; message?: string | null } | null;
}

/** PrometheusRule (prometheus-operator v0.86 pkg/apis/monitoring/v1/prometheusrule_types.go). */
export interface PrometheusRule extends KubernetesObject {
  spec?: { groups?: ({ rules?: (AlertingRule | null)[] | null } | null)[] | null } | null;
}

/** An alert, or a `record` that gives a value its name. */
export interface AlertingRule {
  alert?: string | null;
  record?: string | null;
  expr?: string | number | null;
  for?: string | null;
  labels?: Record<string, string | null> | null;
}

/** ServiceMonitor (prometheus-operator v0.86 pkg/apis/monitoring/v1/servicemonitor_types.go): which Services Prometheus scrapes. */
export interface ServiceMonitor extends KubernetesObject {
  spec?: {
    selector?: { matchLabels?: Record<string, string | null> | null } | null;
    namespaceSelector?: { any?: boolean | null; matchNames?: (string | null)[] | null } | null;
  } | null;
}

/** The answer of `GET /version`. */
export interface ServerVersion {
  gitVersion?: string | null;
  major?: string | null;
  minor?: string | null;
}
