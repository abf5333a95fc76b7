import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/crash-class.ts';
import { crashObservations, readLog } from '../objects/crash-observation.ts';
import { operatorOf } from '../objects/operator.ts';

/** What the operator's last line means, where that is not plain from it. */
const MEANINGS: readonly [RegExp, string][] = [
  [
    /failed to determine namespace|no configuration has been provided|serviceaccount\/token: no such file/,
    'no ServiceAccount token is mounted into its pod',
  ],
  [/bind: address already in use/, 'another process on the node, or in the pod, holds its port'],
  [/unknown (?:shorthand )?flag: /, 'it does not know one of its arguments, which belong to another version'],
  [/x509: .*has expired or is not yet valid/, "the API server's certificate has expired, or a clock is wrong"],
  [/x509: /, "it does not trust the API server's certificate"],
  [/unable to get hostname/, 'it cannot find out its host name'],
  [/metrics/, 'it cannot set up its metrics'],
];

export default defineRule({
  code: 'startup-misc-fatal',
  rung: 'container-run',
  order: 14,
  severity: 'critical',
  meaning: 'The operator ends at start and says why: its settings or its pod do not fit the program.',
  impact: 'The operator restarts again and again, and never leads.',
  evidence:
    "Likely: the last known line of the operator's log (its termination message) is one of a few with which it ends at start: no token, a port in use, an unknown argument, a certificate that it does not trust, no host name, no metrics.",
  remedy:
    'Compare the Deployment with the manifest of the installed version (arguments, hostNetwork, automountServiceAccountToken), and re-apply that. After the cluster exchanged its certificate authority, delete the pods.',
  commands: [
    'kubectl -n NAMESPACE logs POD -c CONTAINER --previous',
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['host-port-conflict', 'api-version-skew', 'crash-panic', 'crash-unexplained', 'missing-image-env'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs'],
  evaluate(seen) {
    return crashObservations(crashesOf(operatorOf(seen), seen, 'startup-misc-fatal'), (first) => ({
      title: `virt-operator ends at start: ${MEANINGS.find(([pattern]) => pattern.test(first.line))?.[1] ?? first.line}`,
      confidence: 'likely',
      mitigation: readLog('compare-with-manifest', first),
    }));
  },
});
