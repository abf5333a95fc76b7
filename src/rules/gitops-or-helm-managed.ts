import { defineRule } from '../model/rule.ts';
import { marksOf } from '../objects/meta/manager.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, workloadGaps } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'gitops-or-helm-managed',
  rung: 'leader',
  order: 5,
  severity: 'info',
  meaning: 'A tool deploys virt-operator from a repository or a chart.',
  impact: 'What a person changes in the cluster may be undone at the next synchronisation or upgrade.',
  evidence:
    'Certain: the Deployment has a label or annotation that Argo CD, Flux, Rancher Fleet or Helm puts on what it applies. It is told beside the cause, and only while the operator lacks something.',
  remedy: 'Make lasting changes where the tool takes them from, or pause the tool while you repair.',
  commands: ['kubectl -n NAMESPACE get deployment virt-operator -o yaml --show-managed-fields'],
  related: ['autoscaler-to-zero', 'deployment-missing', 'deployment-scaled-to-zero', 'olm-managed'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const { deployment } = seen;
    // What Harvester manages comes with Harvester, not from a repository or chart of somebody's.
    const mark = marksOf(deployment).find(({ tool }) => tool !== 'Harvester');
    if (!deployment || !mark || workloadGaps(operatorOf(seen)).length === 0) return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
    return [
      {
        title: `${mark.tool} manages Deployment ${name} (${mark.value}): changes in the cluster may be undone`,
        object: reference('Deployment', deployment),
        since: null,
        confidence: 'certain',
        evidence: [{ text: `${mark.key}: ${mark.value}`, source: `deployment/${name} metadata` }],
        explains: [],
        mitigation: {
          action: 'change-at-source',
          automatic: false,
          command: shell`kubectl -n ${namespace} get deployment ${name} -o yaml --show-managed-fields`,
        },
      },
    ];
  },
});
