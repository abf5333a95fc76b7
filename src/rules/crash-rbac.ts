import type { EvidenceItem, Gap, Mitigation } from '../model/finding.ts';
import type { Pod, ServiceAccount } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { type Crash, crashes } from '../objects/container/crash.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { UNAUTHENTICATED } from '../objects/container/crash-log.ts';
import { standstills } from '../objects/container/idle-log.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { millis } from '../objects/meta/time.ts';
import { kubevirtVersion, reinstallCommand } from '../objects/operator/installation.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { accountOf, type BrokenBinding, brokenBindings } from '../objects/operator/operator-bindings.ts';
import { deletePods } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'crash-rbac',
  rung: 'container-run',
  order: 2,
  severity: 'critical',
  meaning:
    "The operator's ServiceAccount may not do what the operator needs: a role binding is gone or is for another account, or its token belongs to a ServiceAccount that was deleted.",
  impact: 'The operator restarts again and again, or runs without ever leading.',
  evidence:
    "Certain: a role binding of KubeVirt's manifest does not exist or does not name the ServiceAccount that the pods run as (where OLM made the Deployment they have other names, and are not looked for), or a pod whose token is refused is older than its ServiceAccount. Likely: only the last known line of its log says that it is forbidden or unauthorized.",
  remedy:
    'Apply the RBAC objects of the operator manifest of the same version again, then delete the operator pods one by one.',
  commands: [
    'kubectl get clusterrolebinding kubevirt-operator -o yaml',
    'kubectl -n NAMESPACE get rolebinding kubevirt-operator-rolebinding -o yaml',
    'kubectl -n NAMESPACE logs POD -c CONTAINER --previous',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: [
    'auth-forbidden-partial',
    'controller-rbac-broken',
    'serviceaccount-missing',
    'informers-never-sync',
    'no-leader',
  ],
  // Without its ServiceAccount the operator is refused.
  follows: ['replicaset'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: [
    'events',
    'operatorLogs',
    'operatorClusterRoleBinding',
    'operatorRoleBinding',
    'operatorLease',
    'kubevirts',
    'serviceAccount',
  ],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const ended = crashes(operator.unready, seen.readAt);
    const crashed = crashesOf(operator, seen, 'crash-rbac');
    const idle = standstills(operator.ready, seen.operatorLogs).filter(({ kind }) => kind === 'crash-rbac');
    const refused = [
      ...crashed.map(({ pod, line, saidIn }) => ({ pod, words: { text: line, source: saidIn } })),
      ...idle.map(({ pod, words }) => ({ pod, words })),
    ];
    const broken = brokenBindings(seen, operator);
    const [binding] = broken;
    if (!operator.deployment || (!binding && refused.length === 0)) return [];
    const said = refused.map(({ words }) => words);
    const since = crashed[0]?.finishedAt ?? null;
    const command = reinstallCommand(kubevirtVersion(seen));
    const pods = [...ended, ...idle].map(({ pod }) => pod);
    const steps = [
      'Apply the manifest of the installed version again, for its RBAC objects; then replace the operator pods one by one.',
      command,
      ...deletePods(pods),
    ];
    const reinstall = { action: 'restore-rbac', automatic: false, command, steps };
    if (binding) {
      const leaderless = operator.ready.length > 0 && !leaderState(seen.operatorLease, seen.pods, seen.readAt).alive;
      const explains: Gap[] = [...gaps(ended), ...(leaderless ? (['leader'] as const) : [])];
      // Whatever else is in the way: pods that come back without it crash.
      const next = explains.length === 0;
      return [{ ...bindingFault(binding, broken, said), since, explains, next, mitigation: reinstall }];
    }
    const orphaned = withOldToken(refused, seen.serviceAccount);
    const proved = orphaned.length > 0;
    return [
      {
        title: proved
          ? "the token of virt-operator's pods belongs to a ServiceAccount that was deleted"
          : 'virt-operator is refused what it needs by RBAC',
        object: accountOf(operator),
        since,
        confidence: proved ? 'certain' : 'likely',
        evidence: [...orphaned.map((crash) => olderThan(crash, seen.serviceAccount)), ...said],
        explains: [...gaps(crashed), ...(idle.length > 0 ? ['leader'] : [])],
        mitigation: proved ? restart(orphaned) : reinstall,
      },
    ];
  },
});

function bindingFault(first: BrokenBinding, broken: readonly BrokenBinding[], said: readonly EvidenceItem[]) {
  return {
    title: first.isMissing
      ? "virt-operator's role binding is missing"
      : "virt-operator's role binding is for other accounts than the one that it runs as",
    object: first.object,
    confidence: 'certain' as const,
    evidence: [
      ...broken.map(({ object: { kind, name }, fault }) => ({ text: fault, source: `${kind.toLowerCase()}/${name}` })),
      ...said,
    ],
  };
}

/** A pod that RBAC refuses something, and the words for it. */
interface Refused {
  pod: Pod;
  words: EvidenceItem;
}

/** Pods whose token was refused and that are older than their ServiceAccount: it was deleted and made again. */
function withOldToken(refused: readonly Refused[], account: ServiceAccount | null | undefined): Refused[] {
  const made = millis(account?.metadata?.creationTimestamp) ?? 0;
  return refused.filter(
    ({ pod, words }) => UNAUTHENTICATED.test(words.text) && (millis(pod.metadata?.creationTimestamp) ?? made) < made,
  );
}

function olderThan({ pod }: Refused, account: ServiceAccount | null | undefined): EvidenceItem {
  const [name, made] = [nameOf(account), account?.metadata?.creationTimestamp ?? ''];
  return {
    text: `made at ${made}, after pod ${nameOf(pod)}`,
    source: `serviceaccount/${name} metadata.creationTimestamp`,
  };
}

function restart(crashed: readonly Refused[]): Mitigation {
  const names = crashed.map(({ pod }) => nameOf(pod));
  const namespace = crashed[0]?.pod.metadata?.namespace ?? '';
  return { action: 'restart-pod', automatic: true, command: shell`kubectl -n ${namespace} delete pod ${names}` };
}

function gaps(ended: readonly Crash[]): Gap[] {
  return ended.map((crash) => podGap(crash.pod));
}
