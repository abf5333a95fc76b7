import type { EvidenceValues } from '../model/evidence.ts';
import type { Gap } from '../model/finding.ts';
import type { Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { shell } from '../objects/meta/shell.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { operatorOf, podGap } from '../objects/operator/operator.ts';
import { isUnbound } from '../objects/pod/pod.ts';

/** Kubernetes 1.36 plugin/pkg/admission/serviceaccount/admission.go. */
const REFUSED = /serviceaccount "[^"]*" not found/;

type LeaderReads = Parameters<typeof operatorOf>[0] & {
  readonly operatorLease?: EvidenceValues['operatorLease'] | null | undefined;
};

export default defineRule({
  code: 'serviceaccount-missing',
  rung: 'replicaset',
  order: 20,
  severity: 'critical',
  meaning: 'The ServiceAccount that the pods run as does not exist: the API server refuses every new operator pod.',
  impact: 'Lost operator pods are not replaced, and the tokens of those that still run are no longer valid.',
  evidence:
    'Certain: the API server answers that the ServiceAccount of the pod template does not exist. It then accounts for Ready pods that do not lead, too, and for those that end because they are refused. Likely: it could not be read, and the newest failure to create operator pods says that it is missing.',
  remedy:
    'Create the ServiceAccount again under the same name; its bindings refer to the name. Then nudge the ReplicaSet, which may wait up to 17 minutes by itself.',
  commands: [
    'kubectl -n NAMESPACE get serviceaccount SERVICEACCOUNT',
    'kubectl -n NAMESPACE create serviceaccount SERVICEACCOUNT',
    'kubectl -n NAMESPACE annotate replicaset REPLICASET virtop.io/nudge="$(date +%s)" --overwrite',
  ],
  related: ['priorityclass-missing', 'replicaset-backoff', 'runtimeclass-missing', 'volume-mount-failed', 'crash-rbac'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['serviceAccount', 'events', 'operatorLease', 'operatorLogs'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    if (!blocked || seen.serviceAccount) return [];
    const gone = seen.serviceAccount === null;
    const said = words(blocked, REFUSED);
    if (!gone && said.length === 0) return [];
    const name = blocked.template.spec?.serviceAccountName || 'default';
    const { namespace, gaps } = blocked;
    return [
      {
        title: `ServiceAccount ${name} does not exist`,
        object: { kind: 'ServiceAccount', namespace, name },
        since: saidSince(blocked, said),
        confidence: gone ? 'certain' : 'likely',
        evidence: [...(gone ? [{ text: 'not found', source: `serviceaccount/${name} in ${namespace}` }] : []), ...said],
        explains: [...gaps, ...(gone ? withoutToken(seen, name) : [])],
        told: said.length > 0,
        // The kubelet mounts no token of an account that does not exist (Kubernetes 1.36 pkg/kubelet/token/token_manager.go).
        next: gone && gaps.length === 0 && operatorOf(seen).pods.some(isUnbound),
        mitigation: {
          action: 'create-serviceaccount',
          automatic: true,
          command: shell`kubectl -n ${namespace} create serviceaccount ${name}`,
        },
      },
    ];
  },
});

/** The tokens of a deleted account are refused (Kubernetes 1.36 pkg/serviceaccount/claims.go Validate): pods that run with one cannot lead. */
function withoutToken(seen: Parameters<typeof crashesOf>[1] & LeaderReads, account: string): Gap[] {
  const operator = operatorOf(seen);
  const ended = crashesOf(operator, seen, 'crash-rbac', 'leader-election-lost', 'crash-unexplained');
  const leaderless = operator.ready.length > 0 && !leaderState(seen.operatorLease, seen.pods, seen.readAt).alive;
  const runsAsIt = (pod: Pod) => pod.spec?.serviceAccountName === account;
  return [
    ...ended.filter(({ pod }) => runsAsIt(pod)).map(({ pod }) => podGap(pod)),
    ...(leaderless && operator.ready.every(runsAsIt) ? ['leader'] : []),
  ];
}
