import type {
  AdmissionPolicy,
  Autoscaler,
  ClusterRole,
  ClusterRoleBinding,
  ClusterServiceVersion,
  Deployment,
  EndpointSlice,
  KubernetesEvent,
  KubernetesObject,
  KubeVirt,
  Lease,
  LimitRange,
  Namespace,
  Node,
  Pod,
  PriorityClass,
  ReplicaSet,
  ResourceQuota,
  RoleBinding,
  ServerVersion,
  Service,
  ServiceAccount,
  WebhookConfiguration,
} from './kubernetes.ts';
import type { Refusal, Right } from './request.ts';

/** What each read brings. A list that the server cut short says so in its Read. */
export interface EvidenceValues {
  version: ServerVersion;
  /** CustomResourceDefinition kubevirts.kubevirt.io, metadata only. */
  kubevirtCrd: KubernetesObject;
  kubevirts: KubeVirt[];
  /** ValidatingWebhookConfiguration virt-operator-validator: what virt-operator leaves behind in the cluster scope. */
  operatorWebhook: WebhookConfiguration;
  operatorClusterRoleBinding: ClusterRoleBinding;
  operatorRoleBinding: RoleBinding;
  namespace: Namespace;
  deployment: Deployment;
  replicaSets: ReplicaSet[];
  /** Every pod labelled kubevirt.io=virt-operator in the namespace, also finished ones and strangers. */
  pods: Pod[];
  events: KubernetesEvent[];
  operatorLease: Lease;
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
  /** Validating and mutating webhook configurations: read only when pods are not created. */
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
  /** Autoscalers in the namespace: read only when the Deployment is scaled to 0. */
  autoscalers: Autoscaler[];
  /** The ClusterServiceVersion that owns the Deployment, where OLM made it. */
  clusterServiceVersion: ClusterServiceVersion;
  /** Running VirtualMachineInstances, counted, not listed. */
  vmiCount: number;
}

export interface NodeOverview {
  total: number;
  nodes: { name: string; status: string; roles: string }[];
}

export type ReadKey = keyof EvidenceValues;

/**
 * `unneeded`: nothing that was seen asked for this read. `partial`: the server had more than was asked for.
 * `odd`: what was left out of the value, for Kubernetes does not write it so.
 */
export type Read<T> =
  | { status: 'read'; value: T; partial?: boolean; odd?: readonly string[] }
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
  namespace: string | null;
  foundBy: FoundBy | null;
  reads: Reads;
  log: readonly ReadLog[];
}
