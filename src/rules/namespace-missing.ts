import { defineRule } from '../model/rule.ts';
import { kubevirtVersion, reinstallCommand, reinstallSteps, tracesOf } from '../objects/operator/installation.ts';

export default defineRule({
  code: 'namespace-missing',
  rung: 'namespace',
  severity: 'critical',
  meaning: "The operator's namespace was deleted, while what KubeVirt keeps in the cluster scope is still there.",
  impact: 'Virtual machines in other namespaces keep running, but nothing manages them any more.',
  evidence:
    'Neither the Deployment nor its namespace exists, but something that an installation leaves behind does: a KubeVirt resource, the CustomResourceDefinition, the webhook configuration or the PriorityClass. Certain where these or -n name the namespace; likely where none does, and its usual name is assumed.',
  remedy: 'Apply the operator manifest of the same KubeVirt version again, then the KubeVirt resource.',
  commands: [
    'kubectl get namespace NAMESPACE',
    'kubectl get validatingwebhookconfiguration virt-operator-validator',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['kubevirt-not-installed', 'namespace-terminating', 'deployment-missing'],
  needs: ['deployment'],
  wants: ['namespace', 'kubevirtCrd', 'kubevirts', 'operatorWebhook', 'priorityClass'],
  evaluate(seen) {
    const traces = tracesOf(seen);
    const gone = seen.target.namespace === null || seen.namespace === null;
    if (seen.deployment || !gone || traces.length === 0) return [];
    const name = seen.target.namespace ?? 'kubevirt';
    return [
      {
        title: `namespace ${name} does not exist, but KubeVirt was installed`,
        object: { kind: 'Namespace', namespace: null, name },
        since: null,
        confidence: seen.target.namespace === null ? 'likely' : 'certain',
        evidence: [
          { text: 'not found', source: `namespace/${name}` },
          ...traces.map((text) => ({ text, source: 'cluster scope' })),
        ],
        explains: ['operator'],
        mitigation: {
          action: 'reinstall-operator',
          automatic: false,
          command: reinstallCommand(kubevirtVersion(seen)),
          steps: [...reinstallSteps(kubevirtVersion(seen))],
        },
      },
    ];
  },
});
