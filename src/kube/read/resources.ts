import type { Resource } from './question.ts';

/** The resources that are read, at the versions every supported API server serves. */
export const RESOURCES = {
  apiServices: cluster('apiregistration.k8s.io', 'v1', 'apiservices', 'apiservice'),
  clusterRoles: cluster('rbac.authorization.k8s.io', 'v1', 'clusterroles', 'clusterrole'),
  clusterServiceVersions: namespaced(
    'operators.coreos.com',
    'v1alpha1',
    'clusterserviceversions',
    'clusterserviceversion',
  ),
  clusterRoleBindings: cluster('rbac.authorization.k8s.io', 'v1', 'clusterrolebindings', 'clusterrolebinding'),
  configMaps: namespaced('', 'v1', 'configmaps', 'configmap'),
  customResourceDefinitions: cluster('apiextensions.k8s.io', 'v1', 'customresourcedefinitions', 'crd'),
  daemonSets: namespaced('apps', 'v1', 'daemonsets', 'daemonset'),
  deployments: namespaced('apps', 'v1', 'deployments', 'deployment'),
  endpointSlices: namespaced('discovery.k8s.io', 'v1', 'endpointslices', 'endpointslice'),
  events: namespaced('', 'v1', 'events', 'event'),
  horizontalPodAutoscalers: namespaced('autoscaling', 'v2', 'horizontalpodautoscalers', 'horizontalpodautoscaler'),
  kubevirts: namespaced('kubevirt.io', 'v1', 'kubevirts', 'kubevirt'),
  leases: namespaced('coordination.k8s.io', 'v1', 'leases', 'lease'),
  limitRanges: namespaced('', 'v1', 'limitranges', 'limitrange'),
  mutatingWebhooks: cluster(
    'admissionregistration.k8s.io',
    'v1',
    'mutatingwebhookconfigurations',
    'mutatingwebhookconfiguration',
  ),
  namespaces: cluster('', 'v1', 'namespaces', 'namespace'),
  networkPolicies: namespaced('networking.k8s.io', 'v1', 'networkpolicies', 'networkpolicy'),
  nodes: cluster('', 'v1', 'nodes', 'node'),
  pods: namespaced('', 'v1', 'pods', 'pod'),
  priorityClasses: cluster('scheduling.k8s.io', 'v1', 'priorityclasses', 'priorityclass'),
  prometheusRules: namespaced('monitoring.coreos.com', 'v1', 'prometheusrules', 'prometheusrule'),
  replicaSets: namespaced('apps', 'v1', 'replicasets', 'replicaset'),
  resourceQuotas: namespaced('', 'v1', 'resourcequotas', 'resourcequota'),
  roles: namespaced('rbac.authorization.k8s.io', 'v1', 'roles', 'role'),
  roleBindings: namespaced('rbac.authorization.k8s.io', 'v1', 'rolebindings', 'rolebinding'),
  runtimeClasses: cluster('node.k8s.io', 'v1', 'runtimeclasses', 'runtimeclass'),
  scaledObjects: namespaced('keda.sh', 'v1alpha1', 'scaledobjects', 'scaledobject'),
  serviceAccounts: namespaced('', 'v1', 'serviceaccounts', 'serviceaccount'),
  serviceMonitors: namespaced('monitoring.coreos.com', 'v1', 'servicemonitors', 'servicemonitor'),
  services: namespaced('', 'v1', 'services', 'service'),
  statefulSets: namespaced('apps', 'v1', 'statefulsets', 'statefulset'),
  validatingAdmissionPolicies: cluster(
    'admissionregistration.k8s.io',
    'v1',
    'validatingadmissionpolicies',
    'validatingadmissionpolicy',
  ),
  validatingAdmissionPolicyBindings: cluster(
    'admissionregistration.k8s.io',
    'v1',
    'validatingadmissionpolicybindings',
    'validatingadmissionpolicybinding',
  ),
  validatingWebhooks: cluster(
    'admissionregistration.k8s.io',
    'v1',
    'validatingwebhookconfigurations',
    'validatingwebhookconfiguration',
  ),
  virtualMachineInstances: namespaced('kubevirt.io', 'v1', 'virtualmachineinstances', 'vmi'),
} as const satisfies Record<string, Resource>;

function namespaced(group: string, version: string, resource: string, word: string): Resource {
  return { group, version, resource, word, namespaced: true };
}

function cluster(group: string, version: string, resource: string, word: string): Resource {
  return { group, version, resource, word, namespaced: false };
}
