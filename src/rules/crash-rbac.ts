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
import type { LeaseState } from '../objects/operator/lease.ts';
import { type Operator, operatorOf, podGap } from '../objects/operator/operator.ts';
import { accountOf, type BrokenGrant, brokenBindings } from '../objects/operator/operator-bindings.ts';
import { type BrokenRole, brokenRoles } from '../objects/operator/operator-roles.ts';
import { deletePods } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'crash-rbac',
  rung: 'container-run',
  order: 2,
  severity: 'critical',
  meaning:
    "The operator's ServiceAccount may not do what the operator needs: a role or role binding is gone, was changed or is for another account, or its token belongs to a ServiceAccount that was deleted.",
  impact: 'The operator restarts again and again, or runs without ever leading.',
  evidence:
    "Certain: a role or role binding of KubeVirt's manifest does not exist, a binding does not name the pods' ServiceAccount, or a role does not allow to list what the operator waits for or to take its lease (OLM's have other names, and are not looked for); or a pod whose token is refused is older than its ServiceAccount. Likely: only the last known line of its log says that it is forbidden or unauthorized.",
  remedy:
    'Apply the RBAC objects of the operator manifest of the same version again, then delete the operator pods one by one.',
  commands: [
    'kubectl get clusterrolebinding kubevirt-operator -o yaml',
    'kubectl -n NAMESPACE get rolebinding kubevirt-operator-rolebinding -o yaml',
    'kubectl get clusterrole kubevirt-operator -o yaml',
    'kubectl -n NAMESPACE get role kubevirt-operator -o yaml',
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
    'operatorClusterRole',
    'operatorRole',
    'operatorLease',
    'kubevirts',
    'serviceAccount',
  ],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const crashed = crashesOf(operator, seen, 'crash-rbac');
    const idle = standstills(operator.ready, seen.operatorLogs).filter(({ kind }) => kind === 'crash-rbac');
    const refused = [
      ...crashed.map(({ pod, line, saidIn }) => ({ pod, words: { text: line, source: saidIn } })),
      ...idle.map(({ pod, words }) => ({ pod, words })),
    ];
    const bindings = brokenBindings(seen, operator);
    const roles = brokenRoles(seen, operator);
    const [first] = [...bindings, ...roles];
    if (!operator.deployment || (!first && refused.length === 0)) return [];
    const said = refused.map(({ words }) => words);
    const since = crashed[0]?.finishedAt ?? null;
    const command = reinstallCommand(kubevirtVersion(seen));
    const ended = crashes(operator.unready, seen.readAt);
    const steps = [
      'Apply the manifest of the installed version again, for its RBAC objects; then replace the operator pods one by one.',
      command,
      ...deletePods([...ended, ...idle].map(({ pod }) => pod)),
    ];
    const reinstall = { action: 'restore-rbac', automatic: false, command, steps };
    if (first) {
      const ends = crashesOf(operator, seen, ...(bindings.length > 0 ? WITHOUT_BINDING : SAID));
      const explains: Gap[] = [
        ...gaps(ends),
        ...leaderGap(operator, leaderState(seen.operatorLease, seen.pods, seen.readAt)),
      ];
      const evidence = [
        ...bindings.map(asEvidence),
        ...roles.flatMap((one) => [asEvidence(one), ...one.changed]),
        ...said,
      ];
      // Whatever else is in the way: pods that come back without it crash.
      const next = explains.length === 0;
      const fault = { title: faultTitle(first), object: first.object, confidence: 'certain' as const };
      return [{ ...fault, since: changeOf(roles) ?? since, evidence, explains, next, mitigation: reinstall }];
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

/** What pods whose role was changed say. */
const SAID = ['crash-rbac', 'leader-election-lost'] as const;
/** How pods end without a binding, where they say nothing of it; their memory, their image and their panics are other matters. */
const WITHOUT_BINDING = [
  ...SAID,
  'crash-unexplained',
  'liveness-failing',
  'startup-probe-failing',
  'exit-137-kill',
  'exit-143-term',
] as const;

function leaderGap({ ready }: Operator, { alive }: LeaseState): Gap[] {
  return ready.length > 0 && !alive ? ['leader'] : [];
}

function changeOf(roles: readonly BrokenRole[]): string | null {
  return roles.map(({ writtenAt }) => writtenAt).find(Boolean) ?? null;
}

function faultTitle({ object: { kind }, isMissing, fault }: BrokenGrant): string {
  const what = kind.endsWith('Binding') ? 'role binding' : kind;
  if (isMissing) return `virt-operator's ${what} is missing`;
  return kind.endsWith('Binding')
    ? "virt-operator's role binding is for other accounts than the one that it runs as"
    : `virt-operator's ${what} ${fault}`;
}

function asEvidence({ object: { kind, name }, fault }: BrokenGrant): EvidenceItem {
  return { text: fault, source: `${kind.toLowerCase()}/${name}` };
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
