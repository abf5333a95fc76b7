import { defineRule } from '../model/rule.ts';
import { clusterServiceVersionOf } from '../objects/meta/owner.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, workloadGaps } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'olm-managed',
  rung: 'leader',
  order: 4,
  severity: 'info',
  meaning:
    'OLM (Operator Lifecycle Manager) made the Deployment. While its ClusterServiceVersion is not Succeeded, OLM puts back what a person changes; while it is, OLM does not look.',
  impact: 'A change of the Deployment may be undone; replicas set to 0 are not.',
  evidence:
    'Certain: a ClusterServiceVersion owns the Deployment. It is told beside the cause, while the operator lacks something or that ClusterServiceVersion is not Succeeded.',
  remedy:
    'Put lasting changes into spec.config of the Subscription. A failed ClusterServiceVersion mends itself when the pods run.',
  commands: [
    'kubectl -n NAMESPACE get clusterserviceversions',
    'kubectl -n NAMESPACE get subscriptions.operators.coreos.com',
  ],
  related: ['deployment-missing', 'deployment-scaled-to-zero', 'gitops-or-helm-managed'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['clusterServiceVersion'],
  evaluate(seen) {
    const { deployment, clusterServiceVersion } = seen;
    const owner = clusterServiceVersionOf(deployment);
    const { phase, reason, message } = clusterServiceVersion?.status ?? {};
    const failing = !!phase && phase !== 'Succeeded';
    if (!deployment || owner === null) return [];
    if (!failing && workloadGaps(operatorOf(seen)).length === 0) return [];
    const namespace = deployment.metadata?.namespace ?? '';
    const said = [reason, message].filter(Boolean).join(': ');
    return [
      {
        title: `OLM manages the Deployment: ClusterServiceVersion ${owner}${phase ? ` is ${phase}` : ''}`,
        object: { kind: 'ClusterServiceVersion', namespace, name: owner },
        since: null,
        confidence: 'certain',
        evidence: [
          { text: `owned by ${owner}`, source: `deployment/${nameOf(deployment)} metadata.ownerReferences` },
          ...(said ? [{ text: said, source: `clusterserviceversion/${owner} status` }] : []),
        ],
        explains: [],
        mitigation: {
          action: 'edit-subscription',
          automatic: false,
          command: shell`kubectl -n ${namespace} get subscriptions.operators.coreos.com`,
        },
      },
    ];
  },
});
