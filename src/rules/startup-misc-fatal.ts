import type { Deployment, Pod, ServiceAccount } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { type ClassifiedCrash, crashesOf } from '../objects/container/crash-class.ts';
import { NO_TOKEN } from '../objects/container/crash-log.ts';
import { crashObservations, readLog } from '../objects/container/crash-observation.ts';
import { inNamespace } from '../objects/container/pod-failure.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { kubevirtVersion, reinstallCommand } from '../objects/operator/installation.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { type NoToken, noToken } from '../objects/pod/service-account-token.ts';
import { deletePods } from '../objects/remedy/manual-step.ts';

/** What the operator's last line means, where that is not plain from it. */
const MEANINGS: readonly [RegExp, string][] = [
  [NO_TOKEN, 'no ServiceAccount token is mounted into its pod'],
  [/token: permission denied/, 'it may not read the ServiceAccount token in its pod'],
  [/bind: address already in use/, 'another process on the node, or in the pod, holds its port'],
  [
    /unknown (?:shorthand )?flag: |flag provided but not defined/,
    'it does not know one of its arguments, which belong to another version',
  ],
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
    "Likely: the last known line of the operator's log (its termination message) is one of a few with which it ends at start: no token or one that it may not read, a port in use, an unknown argument, a certificate that it does not trust, no host name, no metrics. Certain: it lacks a token, and the pod or its ServiceAccount says automountServiceAccountToken: false.",
  remedy:
    'Compare the Deployment with the manifest of the installed version (arguments, hostNetwork, automountServiceAccountToken), and re-apply that. After the cluster exchanged its certificate authority, delete the pods.',
  commands: [
    'kubectl -n NAMESPACE logs POD -c CONTAINER --previous',
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
    `kubectl -n NAMESPACE patch serviceaccount SERVICEACCOUNT -p '{"automountServiceAccountToken":true}'`,
    `kubectl -n NAMESPACE patch deployment virt-operator -p '{"spec":{"template":{"spec":{"automountServiceAccountToken":true}}}}'`,
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['host-port-conflict', 'api-version-skew', 'crash-panic', 'crash-unexplained', 'missing-image-env'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs', 'serviceAccount', 'kubevirts'],
  evaluate(seen) {
    return crashObservations(crashesOf(operatorOf(seen), seen, 'startup-misc-fatal'), (first) => {
      const refused = NO_TOKEN.test(first.line) ? noToken(first.pod, seen.serviceAccount) : null;
      return {
        title: `virt-operator ends at start: ${MEANINGS.find(([pattern]) => pattern.test(first.line))?.[1] ?? first.line}`,
        confidence: refused ? 'certain' : 'likely',
        evidence: refused ? [{ text: refused.text, source: refused.source }] : [],
        mitigation: refused
          ? { action: 'mount-token', automatic: false, command: mountCommand(refused, first.pod, seen) }
          : {
              ...readLog('compare-with-manifest', first),
              steps: [readLog('', first).command, ...stepsFor(first, kubevirtVersion(seen))],
            },
      };
    });
  },
});

/** A pod keeps what it was made with: a roll-out of the Deployment replaces it, a changed ServiceAccount alone does not. */
function mountCommand(
  { by }: NoToken,
  pod: Pod,
  seen: { deployment: Deployment | null; serviceAccount?: ServiceAccount | null | undefined },
): string {
  if (by === 'serviceaccount' && seen.serviceAccount)
    return inNamespace(
      pod,
      shell`patch serviceaccount ${nameOf(seen.serviceAccount)} -p '{"automountServiceAccountToken":true}'`,
    );
  const template = '{"spec":{"template":{"spec":{"automountServiceAccountToken":true}}}}';
  return inNamespace(pod, shell`patch deployment ${nameOf(seen.deployment)} -p ${template}`);
}

function stepsFor({ line, pod }: ClassifiedCrash, version: string | null): string[] {
  if (/x509: .*has expired/.test(line)) {
    return [
      `Renew the API server's certificate (kubeadm certs check-expiration, on a control-plane node), or correct the clock of node ${pod.spec?.nodeName ?? ''}.`,
    ];
  }
  return /x509: /.test(line)
    ? ['Where the cluster exchanged its certificate authority, replace the pod:', ...deletePods([pod])]
    : [
        'Apply the manifest of the installed version again, where the Deployment differs from it:',
        reinstallCommand(version),
      ];
}
