import { defineRule } from '../model/rule.ts';
import { tracesOf } from '../objects/operator/installation.ts';

export default defineRule({
  code: 'kubevirt-not-installed',
  rung: 'install',
  severity: 'info',
  meaning:
    'Neither a virt-operator Deployment nor anything that an installation of KubeVirt leaves behind exists here.',
  impact: 'There are no KubeVirt virtual machines to manage.',
  evidence:
    'Certain: no Deployment is labelled kubevirt.io=virt-operator, and there is no CustomResourceDefinition, KubeVirt resource, webhook configuration, PriorityClass, ServiceAccount or lease that an installation leaves behind. With -n only what belongs to that namespace counts.',
  remedy: 'Install KubeVirt, or point the command at the cluster that runs it (`--context`).',
  commands: [
    'kubectl get deployments -A -l kubevirt.io=virt-operator',
    'kubectl config get-contexts',
    'kubectl virtop status',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['wrong-cluster', 'kubevirt-crd-missing', 'namespace-missing', 'deployment-missing'],
  needs: ['deployment', 'kubevirtCrd'],
  wants: ['kubevirts', 'operatorWebhook', 'priorityClass', 'serviceAccount', 'operatorLease'],
  evaluate(seen) {
    if (seen.deployment || tracesOf(seen).length > 0) return [];
    const inNamespace = seen.target.foundBy === 'flag' ? seen.target.namespace : null;
    const elsewhere = inNamespace !== null && seen.kubevirtCrd !== null;
    return [
      {
        title: inNamespace ? `KubeVirt is not installed in namespace ${inNamespace}` : 'KubeVirt is not installed',
        object: { kind: 'CustomResourceDefinition', namespace: null, name: 'kubevirts.kubevirt.io' },
        since: null,
        confidence: 'certain',
        evidence: [
          {
            text: inNamespace ? `no virt-operator in namespace ${inNamespace}` : 'no virt-operator in any namespace',
            source: 'deployments with label kubevirt.io=virt-operator',
          },
          {
            text: elsewhere ? 'the cluster knows KubeVirt: it may run in another namespace' : 'no such resource type',
            source: 'customresourcedefinition/kubevirts.kubevirt.io',
          },
        ],
        explains: ['operator'],
        mitigation: {
          action: elsewhere ? 'look-in-every-namespace' : 'install-kubevirt',
          automatic: false,
          command: elsewhere ? 'kubectl virtop status' : 'kubectl config get-contexts',
        },
      },
    ];
  },
});
