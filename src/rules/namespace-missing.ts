import { defineRule } from '../model/rule.ts';
import { kubevirtVersion, reinstallCommand, tracesOf } from '../objects/installation.ts';

export default defineRule({
  code: 'namespace-missing',
  rung: 'namespace',
  severity: 'critical',
  meaning: "The operator's namespace was deleted, while what KubeVirt keeps in the cluster scope is still there.",
  impact: 'Virtual machines in other namespaces keep running, but nothing manages them any more.',
  remedy: 'Apply the operator manifest of the same KubeVirt version again, then the KubeVirt resource.',
  needs: ['deployment'],
  wants: ['namespace', 'kubevirtCrd', 'kubevirts', 'operatorWebhook'],
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
        },
      },
    ];
  },
});
