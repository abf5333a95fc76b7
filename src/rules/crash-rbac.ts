import type { EvidenceItem, Gap, Mitigation, ObjectReference } from '../model/finding.ts';
import type { ClusterRoleBinding, Pod, RoleBinding, ServiceAccount } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { type Crash, crashes } from '../objects/crash.ts';
import { crashesOf } from '../objects/crash-class.ts';
import { UNAUTHENTICATED } from '../objects/crash-log.ts';
import { standstills } from '../objects/idle-log.ts';
import { kubevirtVersion, reinstallCommand } from '../objects/installation.ts';
import { leaderState } from '../objects/leader.ts';
import { list } from '../objects/list.ts';
import { type Operator, operatorOf, podGap } from '../objects/operator.ts';
import { nameOf } from '../objects/reference.ts';
import { millis } from '../objects/time.ts';

/** Names of the release manifest (KubeVirt pkg/virt-operator/resource/generate/rbac/operator.go). */
const CLUSTER_BINDING = 'kubevirt-operator';
const BINDING = 'kubevirt-operator-rolebinding';

export default defineRule({
  code: 'crash-rbac',
  rung: 'container-run',
  order: 2,
  severity: 'critical',
  meaning:
    "The operator's ServiceAccount may not do what the operator needs: a role binding is gone, or its token belongs to a ServiceAccount that was deleted.",
  impact: 'The operator restarts again and again, or runs without ever leading.',
  evidence:
    "Certain: a role binding of KubeVirt's manifest does not exist (where OLM made the Deployment they have other names, and are not looked for), or a pod whose token is refused is older than its ServiceAccount. Likely: only the last known line of its log says that it is forbidden or unauthorized.",
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
    const missing = missingBindings(seen, operator);
    const [binding] = missing;
    if (!operator.deployment || (!binding && refused.length === 0)) return [];
    const said = refused.map(({ words }) => words);
    const since = crashed[0]?.finishedAt ?? null;
    const reinstall = { action: 'restore-rbac', automatic: false, command: reinstallCommand(kubevirtVersion(seen)) };
    if (binding) {
      const leaderless = !leaderState(seen.operatorLease, seen.pods, seen.readAt).alive;
      return [
        {
          title: "virt-operator's role binding is missing",
          object: binding,
          since,
          confidence: 'certain',
          evidence: [
            ...missing.map(({ kind, name }) => ({ text: 'not found', source: `${kind.toLowerCase()}/${name}` })),
            ...said,
          ],
          explains: [...gaps(ended), ...(leaderless ? ['leader'] : [])],
          mitigation: reinstall,
        },
      ];
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
  const names = crashed.map(({ pod }) => nameOf(pod)).join(' ');
  const namespace = crashed[0]?.pod.metadata?.namespace ?? '';
  return { action: 'restart-pod', automatic: true, command: `kubectl -n ${namespace} delete pod ${names}` };
}

function gaps(ended: readonly Crash[]): Gap[] {
  return ended.map((crash) => podGap(crash.pod));
}

interface Bindings {
  operatorClusterRoleBinding?: ClusterRoleBinding | null | undefined;
  operatorRoleBinding?: RoleBinding | null | undefined;
}

/** OLM makes bindings with names of its own. */
function isMadeByOlm({ deployment }: Operator): boolean {
  return list(deployment?.metadata?.ownerReferences).some((one) => one.kind === 'ClusterServiceVersion');
}

function missingBindings(seen: Bindings, operator: Operator): ObjectReference[] {
  if (isMadeByOlm(operator)) return [];
  const { deployment } = operator;
  const namespace = deployment?.metadata?.namespace ?? null;
  return [
    ...(seen.operatorClusterRoleBinding === null
      ? [{ kind: 'ClusterRoleBinding', namespace: null, name: CLUSTER_BINDING }]
      : []),
    ...(seen.operatorRoleBinding === null ? [{ kind: 'RoleBinding', namespace, name: BINDING }] : []),
  ];
}

function accountOf({ deployment }: Operator): ObjectReference {
  const name = deployment?.spec?.template?.spec?.serviceAccountName || 'default';
  return { kind: 'ServiceAccount', namespace: deployment?.metadata?.namespace ?? null, name };
}
