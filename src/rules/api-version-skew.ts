import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations, readLog } from '../objects/container/crash-observation.ts';
import { kubevirtVersion } from '../objects/operator/installation.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'api-version-skew',
  rung: 'container-run',
  order: 13,
  severity: 'critical',
  meaning:
    'The operator asks for an API that this version of Kubernetes does not serve: it is too old, or too new, for the cluster.',
  impact: 'The operator ends at start, again and again.',
  evidence:
    "Likely: the last known line of the operator's log (its termination message) says that a kind or resource of Kubernetes, not of KubeVirt, is not served. The versions of both are added.",
  remedy: 'Install a KubeVirt version that supports this Kubernetes version: see the support matrix of KubeVirt.',
  commands: ['kubectl version', 'kubectl -n NAMESPACE logs POD -c CONTAINER --previous'],
  related: ['kubevirt-crd-missing', 'startup-misc-fatal'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs', 'kubevirts', 'version'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    return crashObservations(crashesOf(operator, seen, 'api-version-skew'), (first) => {
      const own = kubevirtVersion({ ...seen, deployment: operator.deployment });
      const server = seen.version?.gitVersion ?? null;
      const versions = server ? [{ text: `Kubernetes ${server}`, source: 'version of the API server' }] : [];
      return {
        title: `KubeVirt ${own ?? '(unknown version)'} asks for an API that Kubernetes ${server ?? 'here'} does not serve`,
        confidence: 'likely',
        evidence: versions,
        mitigation: {
          ...readLog('upgrade-kubevirt', first),
          steps: [
            readLog('', first).command,
            `Install a KubeVirt version that supports Kubernetes ${server ?? '(kubectl version)'}: https://github.com/kubevirt/sig-release/blob/main/releases/k8s-support-matrix.md`,
          ],
        },
      };
    });
  },
});
