import type { ObjectReference } from '../../model/finding.ts';

/** The API group of each kind that a report may point at; the core group is empty. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  '': [
    'ConfigMap',
    'Endpoints',
    'Event',
    'LimitRange',
    'Namespace',
    'Node',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  apps: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  autoscaling: ['HorizontalPodAutoscaler'],
  batch: ['CronJob', 'Job'],
  'coordination.k8s.io': ['Lease'],
  'keda.sh': ['ScaledObject'],
  'kubevirt.io': ['KubeVirt'],
  'monitoring.coreos.com': ['PodMonitor', 'PrometheusRule', 'ServiceMonitor'],
  'networking.k8s.io': ['NetworkPolicy'],
  'node.k8s.io': ['RuntimeClass'],
  'operators.coreos.com': ['ClusterServiceVersion', 'Subscription'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io': ['PriorityClass'],
  'security.openshift.io': ['SecurityContextConstraints'],
  'storage.k8s.io': ['CSIDriver', 'StorageClass', 'VolumeAttachment'],
};

/** `deployment.apps/virt-operator`, as kubectl's `-o name` writes it; null for what is no object of Kubernetes. */
export function resourceName({ kind, name }: ObjectReference): string | null {
  const group = Object.keys(GROUPS).find((one) => GROUPS[one]?.includes(kind));
  if (group === undefined) return null;
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}
