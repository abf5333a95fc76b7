import { defineRule } from '../model/rule.ts';
import { shell } from '../objects/meta/shell.ts';
import { kubevirtVersion } from '../objects/operator/installation.ts';

export default defineRule({
  code: 'kubevirt-resource-missing',
  rung: 'leader',
  order: 1,
  severity: 'warning',
  meaning:
    'There is a virt-operator, and no KubeVirt resource that would tell it what to install: it was never applied, or it was deleted, and KubeVirt with it.',
  impact: 'The operator works and installs nothing: no virt-api, virt-controller or virt-handler comes from it.',
  evidence:
    'Certain: the API server serves KubeVirt resources and has none, in any namespace, or, with -n, in that one. It is told beside the cause.',
  remedy:
    'Apply the KubeVirt resource that was there, from a repository or a backup, where KubeVirt is meant to be here.',
  commands: [
    'kubectl get kubevirts -A',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-cr.yaml',
  ],
  related: ['kubevirt-cr-deleting', 'multiple-kubevirt', 'kubevirt-crd-missing'],
  needs: ['deployment', 'kubevirts'],
  evaluate({ deployment, kubevirts, target }) {
    if (!deployment || !kubevirts || kubevirts.length > 0) return [];
    const namespace = deployment.metadata?.namespace ?? null;
    const where = target.foundBy === 'flag' ? `namespace ${namespace}` : 'the cluster';
    const version = kubevirtVersion({ deployment });
    return [
      {
        title: `there is no KubeVirt resource in ${where}: virt-operator has nothing to install`,
        object: { kind: 'KubeVirt', namespace, name: 'kubevirt' },
        since: null,
        confidence: 'certain',
        evidence: [
          {
            text: 'there is none',
            source: target.foundBy === 'flag' ? `kubevirts in ${namespace}` : 'kubevirts in all namespaces',
          },
        ],
        explains: [],
        mitigation: {
          action: 'apply-kubevirt-resource',
          automatic: false,
          command: 'kubectl get kubevirts -A',
          steps: [
            'kubectl get kubevirts -A',
            'Where KubeVirt is meant to be here: apply its resource from your repository or backup. Only where it had no settings of its own:',
            shell`kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/${version ?? 'VERSION'}/kubevirt-cr.yaml`,
          ],
        },
      },
    ];
  },
});
