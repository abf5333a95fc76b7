import type { ContainerLog } from './container-log.ts';
import type {
  AdmissionPolicy,
  APIService,
  Autoscaler,
  ClusterRole,
  ClusterRoleBinding,
  ClusterServiceVersion,
  ConfigMap,
  CustomResourceDefinition,
  DaemonSet,
  Deployment,
  EndpointSlice,
  KubernetesEvent,
  KubernetesObject,
  KubeVirt,
  Lease,
  LimitRange,
  Namespace,
  NetworkPolicy,
  Node,
  Pod,
  PriorityClass,
  PrometheusRule,
  ReplicaSet,
  ResourceQuota,
  Role,
  RoleBinding,
  ServerVersion,
  Service,
  ServiceAccount,
  ServiceMonitor,
  StatefulSet,
  WebhookConfiguration,
} from './kubernetes.ts';
import type { Refusal, Right } from './request.ts';

/** What each read brings. A list that the server cut short says so in its Read. */
export interface EvidenceValues {
  version: ServerVersion;
  /** CustomResourceDefinition kubevirts.kubevirt.io: metadata only, where KubeVirt resources could be read. */
  kubevirtCrd: CustomResourceDefinition;
  kubevirts: KubeVirt[];
  /** ValidatingWebhookConfiguration virt-operator-validator: what virt-operator leaves behind in the cluster scope. */
  operatorWebhook: WebhookConfiguration;
  operatorClusterRoleBinding: ClusterRoleBinding;
  operatorRoleBinding: RoleBinding;
  /** The rules behind those bindings: read where pods are Ready and none leads, or a container ended for want of a right. */
  operatorClusterRole: ClusterRole;
  operatorRole: Role;
  namespace: Namespace;
  deployment: Deployment;
  /** Every other Deployment that is labelled kubevirt.io=virt-operator; unneeded where those may not be listed. */
  otherDeployments: Deployment[];
  replicaSets: ReplicaSet[];
  /** Every pod labelled kubevirt.io=virt-operator in the namespace, also finished ones and strangers. */
  pods: Pod[];
  events: KubernetesEvent[];
  operatorLease: Lease;
  /** The pod of the lease's holder: read only where that is none of the pods above and renews the lease all the same. */
  leaseHolderPod: Pod;
  controllerManagerLease: Lease;
  schedulerLease: Lease;
  serviceAccount: ServiceAccount;
  priorityClass: PriorityClass;
  resourceQuotas: ResourceQuota[];
  limitRanges: LimitRange[];
  /** How many nodes there are, and the first of them as `kubectl get nodes` shows them. */
  nodeOverview: NodeOverview;
  /** The nodes that the pod template's required affinity and node selector admit, and those that operator pods are bound to. */
  nodes: Node[];
  /** kube-node-lease of the nodes above. */
  nodeLeases: Lease[];
  /** Pods on the candidate nodes: read only when a pod lacks room. */
  nodePods: Pod[];
  /** Validating and mutating webhook configurations: read only when pods are yet to be created, or something else does not go on. */
  webhooks: WebhookConfiguration[];
  /** The Services and EndpointSlices that those webhooks which may refuse the operator's pods call. */
  webhookServices: Service[];
  webhookEndpoints: EndpointSlice[];
  /** The ValidatingAdmissionPolicy and its binding that the API server names when it refuses a pod. */
  admissionPolicies: AdmissionPolicy[];
  /** The RuntimeClass that the pod template asks for: read only when it asks for one. */
  runtimeClass: KubernetesObject;
  /** ClusterRole and ClusterRoleBinding of the controllers that should have made what is missing. */
  controllerRights: (ClusterRole | ClusterRoleBinding)[];
  /** HorizontalPodAutoscalers and KEDA's ScaledObjects in the namespace: read only when the Deployment is scaled to 0. */
  autoscalers: Autoscaler[];
  scaledObjects: Autoscaler[];
  /** The ClusterServiceVersion that owns the Deployment, where OLM made it. */
  clusterServiceVersion: ClusterServiceVersion;
  /** The Deployments virt-api and virt-controller beside the operator. */
  components: Deployment[];
  virtHandler: DaemonSet;
  /** ConfigMap kubevirt-ca: the public certificates of the authority that KubeVirt's components trust. */
  certificateAuthority: ConfigMap;
  /** APIService v1.subresources.kubevirt.io: through it virt-api serves consoles, starts, stops and migrations. */
  subresourcesApi: APIService;
  /** PrometheusRule prometheus-kubevirt-rules of the namespace; the read is absent where no PrometheusRule is served. */
  prometheusRules: PrometheusRule[];
  /** What feeds those alerts, and what may keep it from them: read while operator pods are Ready, when an alert may be false. */
  serviceMonitors: ServiceMonitor[];
  kubeStateMetrics: (Deployment | StatefulSet)[];
  metricsService: Service;
  /** NetworkPolicies of the namespace: read as well when a pod does not reach the API server. */
  networkPolicies: NetworkPolicy[];
  /** Pods of the operator's install-strategy Job, whose names may look like the operator's. */
  strategyPods: Pod[];
  /** What operator containers logged: read only where nothing else says why they end, or why none leads. */
  operatorLogs: ContainerLog[];
  /** Running VirtualMachineInstances, counted, not listed. */
  vmiCount: number;
}

export interface NodeOverview {
  total: number;
  nodes: { name: string; status: string; roles: string }[];
}

/** How much to read: what the verdict needs, or all that a command can show. */
export type Depth = 'verdict' | 'all';

export type ReadKey = keyof EvidenceValues;

/**
 * `unneeded`: nothing that was seen asked for this read. `partial`: the server had more than was asked for, `rest` its token for that.
 * `odd`: what was left out of the value, for Kubernetes does not write it so.
 */
export type Read<T> =
  | { status: 'read'; value: T; partial?: boolean; rest?: string; odd?: readonly string[] }
  | Refusal
  | { status: 'unneeded' };
export type Reads = { readonly [Key in ReadKey]: Read<EvidenceValues[Key]> };

/** How the operator's namespace was found; `null` when it was not. */
export type FoundBy = 'flag' | 'deployment' | 'kubevirt' | 'webhook' | 'namespace-label' | 'well-known';

/** Where one read went: for `--show-commands`, and for what a missing right blocks. `what` is its name for people. */
export interface ReadLog {
  key: ReadKey;
  what: string;
  command: string;
  right: Right | null;
  milliseconds: number;
}

/** All that was read, at one time, from one cluster. */
export interface Evidence {
  /** The server's clock (RFC 3339), not this machine's. */
  readAt: string;
  cluster: { context: string | null; server: string | null; user: string | null };
  /** The contexts of the kubeconfig that were not asked; left out where there is no kubeconfig. */
  otherContexts?: readonly string[];
  namespace: string | null;
  foundBy: FoundBy | null;
  reads: Reads;
  log: readonly ReadLog[];
}
