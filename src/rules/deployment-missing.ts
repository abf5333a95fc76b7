import type { ServiceAccount } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { managerOf } from '../objects/meta/manager.ts';
import { clusterServiceVersionOf } from '../objects/meta/owner.ts';
import { shell } from '../objects/meta/shell.ts';
import { kubevirtVersion, reinstallCommand, tracesOf } from '../objects/operator/installation.ts';

export default defineRule({
  code: 'deployment-missing',
  rung: 'deployment',
  severity: 'critical',
  meaning:
    'The virt-operator Deployment was deleted. KubeVirt itself never creates it again; only OLM does, where it manages it.',
  impact: 'No operator pod exists: no install, upgrade, repair or certificate rotation.',
  evidence:
    'Certain: the namespace exists, no Deployment in it is labelled kubevirt.io=virt-operator, and something that an installation leaves behind is there: a KubeVirt resource, the CustomResourceDefinition, the webhook configuration, the PriorityClass, the ServiceAccount or the lease.',
  remedy:
    'Apply the operator manifest of the same KubeVirt version again: another version would be an upgrade or downgrade. Where OLM or another tool deployed it, as its ServiceAccount tells, let that do so again.',
  commands: [
    'kubectl get deployments -A -l kubevirt.io=virt-operator',
    'kubectl -n NAMESPACE get serviceaccount kubevirt-operator -o yaml',
    'kubectl -n NAMESPACE get clusterserviceversions',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: [
    'kubevirt-not-installed',
    'namespace-missing',
    'deployment-deleting',
    'gitops-or-helm-managed',
    'olm-managed',
  ],
  needs: ['deployment', 'namespace'],
  wants: ['kubevirtCrd', 'kubevirts', 'operatorWebhook', 'priorityClass', 'serviceAccount', 'operatorLease'],
  evaluate(seen) {
    const namespace = seen.target.namespace;
    const traces = tracesOf(seen);
    const manager = managerOf(seen.serviceAccount);
    if (seen.deployment || !seen.namespace || namespace === null || traces.length === 0) return [];
    return [
      {
        title: `Deployment virt-operator does not exist in namespace ${namespace}`,
        object: { kind: 'Deployment', namespace, name: 'virt-operator' },
        since: null,
        confidence: 'certain',
        evidence: [
          { text: 'none has label kubevirt.io=virt-operator', source: `deployments in ${namespace}` },
          ...(manager
            ? [
                {
                  text: `deployed by ${manager.tool} (${manager.mark})`,
                  source: 'serviceaccount/kubevirt-operator metadata',
                },
              ]
            : []),
          ...traces.map((text) => ({ text, source: 'left by the installation' })),
        ],
        explains: ['operator'],
        mitigation: {
          action: 'reinstall-operator',
          automatic: false,
          command: reinstalling(namespace, seen.serviceAccount, kubevirtVersion(seen)),
        },
      },
    ];
  },
});

/** What OLM deployed it deploys again, once it works; KubeVirt's own manifest is for the namespace that it names. */
function reinstalling(namespace: string, account: ServiceAccount | null | undefined, version: string | null): string {
  if (clusterServiceVersionOf(account) !== null) return shell`kubectl -n ${namespace} get clusterserviceversions`;
  if (namespace !== 'kubevirt') return shell`kubectl -n ${namespace} get serviceaccount kubevirt-operator -o yaml`;
  return reinstallCommand(version);
}
