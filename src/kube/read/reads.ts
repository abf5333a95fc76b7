import type { ReadKey } from '../../model/evidence.ts';
import { MAX_PODS_READ } from '../../objects/operator/operator.ts';
import { MAX_NODES_READ } from '../../objects/placement/blocked-placement.ts';
import type { NodeSelector } from '../../objects/placement/node-selector.ts';
import { IMPACT_READS } from './impact-reads.ts';
import { MONITORING_READS } from './monitoring-reads.ts';
import { containerLog, get, list, type Question } from './question.ts';
import { RESOURCES } from './resources.ts';

/** What virt-operator and all that belongs to it is labelled with (KubeVirt pkg/virt-operator/resource/generate/components/deployments.go). */
export const OPERATOR_LABEL = 'kubevirt.io=virt-operator';
const UNFINISHED = 'status.phase!=Succeeded,status.phase!=Failed';

interface ReadDefinition {
  /** The read's name for people. */
  what: string;
  ask(...about: never[]): Question;
}

/** Every read: what it is called and what it asks. Lists are selected and limited; a big cluster costs no more than a small one. */
export const READS = {
  version: {
    what: 'server version',
    ask: () => ({ request: { path: '/version' }, right: null, command: 'kubectl version' }),
  },
  kubevirtCrd: {
    what: 'CustomResourceDefinition kubevirts.kubevirt.io',
    ask: (form?: 'metadata') => get(RESOURCES.customResourceDefinitions, null, 'kubevirts.kubevirt.io', form),
  },
  kubevirts: {
    what: 'KubeVirt resources',
    ask: (namespace: string | null) => list(RESOURCES.kubevirts, { namespace, limit: 5 }),
  },
  operatorWebhook: {
    what: 'ValidatingWebhookConfiguration virt-operator-validator',
    ask: () => get(RESOURCES.validatingWebhooks, null, 'virt-operator-validator'),
  },
  operatorClusterRoleBinding: {
    what: 'ClusterRoleBinding kubevirt-operator',
    ask: () => get(RESOURCES.clusterRoleBindings, null, 'kubevirt-operator'),
  },
  operatorRoleBinding: {
    what: 'RoleBinding kubevirt-operator-rolebinding',
    ask: (namespace: string) => get(RESOURCES.roleBindings, namespace, 'kubevirt-operator-rolebinding'),
  },
  operatorClusterRole: {
    what: 'ClusterRole kubevirt-operator',
    ask: () => get(RESOURCES.clusterRoles, null, 'kubevirt-operator'),
  },
  operatorRole: {
    what: 'Role kubevirt-operator',
    ask: (namespace: string) => get(RESOURCES.roles, namespace, 'kubevirt-operator'),
  },
  namespace: {
    what: 'the namespace of virt-operator',
    ask: (namespace: string) => get(RESOURCES.namespaces, null, namespace),
  },
  deployment: {
    what: 'Deployment virt-operator',
    ask: (namespace: string, name = 'virt-operator') => get(RESOURCES.deployments, namespace, name),
  },
  otherDeployments: {
    what: 'other Deployments of virt-operator',
    ask: (namespace: string | null) =>
      list(RESOURCES.deployments, { namespace, limit: 5, labelSelector: OPERATOR_LABEL }),
  },
  replicaSets: {
    what: 'ReplicaSets of virt-operator',
    ask: (namespace: string) => list(RESOURCES.replicaSets, { namespace, limit: 50, labelSelector: OPERATOR_LABEL }),
  },
  pods: {
    what: 'pods of virt-operator',
    ask: (namespace: string) => podsThat(namespace),
  },
  events: {
    what: 'events',
    ask: (namespace: string, after = '') => list(RESOURCES.events, { namespace, limit: 200, after }),
  },
  operatorLease: {
    what: 'Lease virt-operator',
    ask: (namespace: string) => get(RESOURCES.leases, namespace, 'virt-operator'),
  },
  leaseHolderPod: {
    what: 'the pod that holds Lease virt-operator',
    ask: (namespace: string, name: string) => get(RESOURCES.pods, namespace, name),
  },
  controllerManagerLease: {
    what: 'Lease kube-controller-manager',
    ask: () => get(RESOURCES.leases, 'kube-system', 'kube-controller-manager'),
  },
  schedulerLease: {
    what: 'Lease kube-scheduler',
    ask: () => get(RESOURCES.leases, 'kube-system', 'kube-scheduler'),
  },
  serviceAccount: {
    what: 'ServiceAccount of virt-operator',
    ask: (namespace: string, name: string) => get(RESOURCES.serviceAccounts, namespace, name),
  },
  priorityClass: {
    what: 'PriorityClass of virt-operator',
    ask: (name: string) => get(RESOURCES.priorityClasses, null, name),
  },
  resourceQuotas: {
    what: 'ResourceQuotas',
    ask: (namespace: string) => list(RESOURCES.resourceQuotas, { namespace, limit: 50 }),
  },
  limitRanges: {
    what: 'LimitRanges',
    ask: (namespace: string) => list(RESOURCES.limitRanges, { namespace, limit: 50 }),
  },
  nodeOverview: {
    what: 'all nodes',
    ask: () => list(RESOURCES.nodes, { namespace: null, limit: 500, form: 'table' }),
  },
  nodes: {
    what: 'nodes for virt-operator',
    ask: (selector: NodeSelector) => list(RESOURCES.nodes, { namespace: null, limit: MAX_NODES_READ, ...selector }),
  },
  nodeLeases: {
    what: 'Leases of nodes',
    ask: (node: string) => get(RESOURCES.leases, 'kube-node-lease', node),
  },
  nodePods: {
    what: 'pods on the nodes for virt-operator',
    ask: (node: string) =>
      list(RESOURCES.pods, { namespace: null, limit: 500, fieldSelector: `spec.nodeName=${node},${UNFINISHED}` }),
  },
  webhooks: {
    what: 'admission webhooks',
    ask: (kind: 'validatingWebhooks' | 'mutatingWebhooks') => list(RESOURCES[kind], { namespace: null, limit: 500 }),
  },
  webhookServices: {
    what: 'Services of admission webhooks',
    ask: (namespace: string, name: string) => get(RESOURCES.services, namespace, name),
  },
  webhookEndpoints: {
    what: 'endpoints of admission webhooks',
    ask: (namespace: string, service: string) =>
      list(RESOURCES.endpointSlices, { namespace, limit: 20, labelSelector: `kubernetes.io/service-name=${service}` }),
  },
  admissionPolicies: {
    what: 'ValidatingAdmissionPolicy that refuses pods',
    ask: (kind: 'validatingAdmissionPolicies' | 'validatingAdmissionPolicyBindings', name: string) =>
      get(RESOURCES[kind], null, name),
  },
  runtimeClass: {
    what: 'RuntimeClass of virt-operator',
    ask: (name: string) => get(RESOURCES.runtimeClasses, null, name),
  },
  controllerRights: {
    what: 'rights of the controllers',
    ask: (kind: 'clusterRoles' | 'clusterRoleBindings', name: string) => get(RESOURCES[kind], null, name),
  },
  autoscalers: {
    what: 'HorizontalPodAutoscalers',
    ask: (namespace: string) => list(RESOURCES.horizontalPodAutoscalers, { namespace, limit: 50 }),
  },
  scaledObjects: {
    what: 'ScaledObjects of KEDA',
    ask: (namespace: string) => list(RESOURCES.scaledObjects, { namespace, limit: 50 }),
  },
  clusterServiceVersion: {
    what: 'ClusterServiceVersion of virt-operator',
    ask: (namespace: string, name: string) => get(RESOURCES.clusterServiceVersions, namespace, name),
  },
  operatorLogs: {
    what: 'logs of virt-operator',
    ask: containerLog,
  },
  vmiCount: {
    what: 'number of VirtualMachineInstances',
    ask: () => list(RESOURCES.virtualMachineInstances, { namespace: null, limit: 1, form: 'metadata' }),
  },
  ...IMPACT_READS,
  ...MONITORING_READS,
} satisfies Record<ReadKey, ReadDefinition>;

/** Further questions of a read, where its first one does not answer. */
export const DISCOVERY = {
  unfinishedPods: (namespace: string) => podsThat(namespace, UNFINISHED),
  runningPods: (namespace: string) => podsThat(namespace, 'status.phase=Running'),
  podNamed: (namespace: string, name: string) => podsThat(namespace, `metadata.name=${name}`),
  labelledNamespaces: () => list(RESOURCES.namespaces, { namespace: null, limit: 10, labelSelector: 'kubevirt.io' }),
  eventsAbout: (namespace: string, name: string) =>
    list(RESOURCES.events, { namespace, limit: 100, fieldSelector: `involvedObject.name=${name}` }),
  node: (name: string) => get(RESOURCES.nodes, null, name),
};

function podsThat(namespace: string, fieldSelector?: string): Question {
  const labelSelector = OPERATOR_LABEL;
  return list(RESOURCES.pods, {
    namespace,
    limit: MAX_PODS_READ,
    labelSelector,
    ...(fieldSelector && { fieldSelector }),
  });
}
