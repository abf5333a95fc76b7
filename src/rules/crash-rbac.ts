import type { Gap, ObjectReference } from '../model/finding.ts';
import type { ClusterRoleBinding, RoleBinding } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { type Crash, crashes, logLine } from '../objects/crash.ts';
import { kubevirtVersion, reinstallCommand } from '../objects/installation.ts';
import { leaderState } from '../objects/leader.ts';
import { list } from '../objects/list.ts';
import { type Operator, operatorOf, podGap } from '../objects/operator.ts';

/** Kubernetes 1.36 apiserver pkg/endpoints/handlers/responsewriters/errors.go forbiddenMessage, and the text of a 401. */
const REFUSED =
  /is forbidden: User "system:serviceaccount:|cannot (?:get|list|watch|create|update|patch|delete) resource|\bUnauthorized\b/;

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
  remedy:
    'Apply the RBAC objects of the operator manifest of the same version again, then delete the operator pods one by one.',
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['operatorClusterRoleBinding', 'operatorRoleBinding', 'operatorLease', 'kubevirts'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const ended = crashes(operator.unready, seen.readAt);
    const refused = ended.filter((crash) => logLine(crash.message, REFUSED) !== null);
    const missing = missingBindings(seen, operator);
    if (!operator.deployment || refused.length + missing.length === 0) return [];
    const unbound = missing.length > 0;
    const leaderless = unbound && !leaderState(seen.operatorLease, seen.pods, seen.readAt).alive;
    return [
      {
        title: unbound ? "virt-operator's role binding is missing" : 'virt-operator is refused what it needs by RBAC',
        object: missing[0] ?? accountOf(operator),
        since: refused[0]?.finishedAt ?? null,
        confidence: unbound ? 'certain' : 'likely',
        evidence: [
          ...missing.map(({ kind, name }) => ({ text: 'not found', source: `${kind.toLowerCase()}/${name}` })),
          ...refused.map((crash) => ({
            text: logLine(crash.message, REFUSED) ?? '',
            source: `${crash.source}, message`,
          })),
        ],
        explains: [...gaps(unbound ? ended : refused), ...(leaderless ? ['leader'] : [])],
        mitigation: { action: 'restore-rbac', automatic: false, command: reinstallCommand(kubevirtVersion(seen)) },
      },
    ];
  },
});

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
