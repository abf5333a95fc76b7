import type { Deployment } from '../../model/kubernetes.ts';
import { isAtLeast } from '../meta/version.ts';

const ROLES = ['control-plane', 'master'].map((role) => `node-role.kubernetes.io/${role}`);

/** Whether every operator pod that a version's manifest asks for belongs on a control-plane node (KubeVirt 1.7 pkg/virt-operator/resource/placement/placement.go RequireControlPlanePreferNonWorker); null where the version is not known. */
export function isForControlPlane(version: string | null): boolean | null {
  return isAtLeast(version, '1.7.0');
}

/** The Deployment that KubeVirt's manifest makes, as far as the API server and the scheduler look at it (KubeVirt 1.7 pkg/virt-operator/resource/generate/components/deployments.go NewOperatorDeployment). */
export function manifestDeployment(namespace: string): Deployment {
  const labels = { 'kubevirt.io': 'virt-operator', name: 'virt-operator', 'prometheus.kubevirt.io': 'true' };
  const seccompProfile = { type: 'RuntimeDefault' };
  return {
    kind: 'Deployment',
    metadata: { name: 'virt-operator', namespace, labels: { 'kubevirt.io': 'virt-operator' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { 'kubevirt.io': 'virt-operator' } },
      template: {
        metadata: { labels },
        spec: {
          priorityClassName: 'kubevirt-cluster-critical',
          serviceAccountName: 'kubevirt-operator',
          tolerations: [
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
            ...ROLES.map((key) => ({ key, operator: 'Exists', effect: 'NoSchedule' })),
          ],
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: ROLES.map((key) => ({ matchExpressions: [{ key, operator: 'Exists' }] })),
              },
            },
          },
          securityContext: { runAsNonRoot: true, seccompProfile },
          containers: [
            {
              name: 'virt-operator',
              resources: { requests: { cpu: '10m', memory: '450Mi' } },
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile },
            },
          ],
        },
      },
    },
  };
}
