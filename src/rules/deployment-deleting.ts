import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, podGap, workloadGaps } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'deployment-deleting',
  rung: 'deployment',
  severity: 'critical',
  meaning: 'The Deployment is being deleted, and a finalizer holds it. Its controller makes no pods for it any more.',
  impact: 'Operator pods that are lost are not replaced, and a change or re-apply of the Deployment has no effect.',
  evidence:
    'Certain: the Deployment has a deletionTimestamp; its finalizers are what the deletion waits for. Pods that exist and are not ready have causes of their own.',
  remedy:
    'A deletion cannot be taken back. Find out what its finalizers wait for, let it finish, and apply the operator manifest of the same version again.',
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['namespace-terminating', 'deployment-missing', 'pod-stuck-terminating-finalizer'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment } = operator;
    const deletedAt = deployment?.metadata?.deletionTimestamp;
    if (!deployment || !deletedAt) return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
    const finalizers = list(deployment.metadata?.finalizers);
    const own = operator.unready.map(podGap);
    return [
      {
        title: `Deployment ${name} is being deleted${finalizers.length > 0 ? `, held by finalizer ${finalizers.join(', ')}` : ''}`,
        object: reference('Deployment', deployment),
        since: deletedAt,
        confidence: 'certain',
        evidence: [
          { text: `deleted at ${deletedAt}`, source: `deployment/${name} metadata.deletionTimestamp` },
          ...finalizers.map((text) => ({ text, source: `deployment/${name} metadata.finalizers` })),
        ],
        explains: workloadGaps(operator).filter((gap) => !own.includes(gap)),
        mitigation: {
          action: 'finish-deletion',
          automatic: false,
          command: shell`kubectl -n ${namespace} get deployment ${name} -o yaml`,
        },
      },
    ];
  },
});
