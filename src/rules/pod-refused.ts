import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { formerObstacle, OBSTACLE_READS } from '../objects/creation/former-obstacle.ts';
import { redact } from '../objects/meta/redact.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

/** What the API server writes around its reason (Kubernetes 1.36 apimachinery pkg/api/errors/errors.go). */
const AROUND = /^(?:pods? "[^"]*" is forbidden: |Internal error occurred: |pod rejected: )+/;
/** As much of the reason as a title holds. */
const LENGTH = 140;

export default defineRule({
  code: 'pod-refused',
  rung: 'replicaset',
  order: 950,
  lastResort: true,
  severity: 'critical',
  meaning:
    'The API server makes no operator pod, for a reason that this program does not know: an admission plugin of its own, what it needs to answer, or a setting of the pod template.',
  impact: 'Lost operator pods are not replaced.',
  evidence:
    'Likely: pods are owed, and the newest failure to create them has words that no other cause knows. They are shown whole, and no object was looked at that would bear them out.',
  remedy:
    'Remove what the API server names, or change the pod template that it refuses. Where it cannot reach itself or its store, repair the control plane. Then nudge the ReplicaSet, which may wait up to 17 minutes by itself.',
  commands: [
    'kubectl -n NAMESPACE describe replicaset REPLICASET',
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
    "kubectl get --raw='/readyz?verbose'",
    'kubectl -n NAMESPACE annotate replicaset REPLICASET virtop.io/nudge="$(date +%s)" --overwrite',
  ],
  related: ['pod-invalid', 'rs-create-error', 'replicaset-backoff', 'etcd-full-or-slow-create', 'webhook-denied'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', ...OBSTACLE_READS],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const failure = blocked?.failure;
    if (!blocked || !failure?.message || formerObstacle(blocked, seen) !== null) return [];
    const { namespace, gaps } = blocked;
    const said = words(blocked, /./s);
    const [name, deployment] = [nameOf(failure.replicaSet), nameOf(seen.deployment)];
    // Redacted before it is cut: half a secret looks like none.
    const reason = redact(failure.message).replace(AROUND, '');
    const command = shell`kubectl -n ${namespace} describe replicaset ${name}`;
    return [
      {
        title: `the API server refuses the operator pods: ${reason.length > LENGTH ? `${reason.slice(0, LENGTH)}…` : reason}`,
        object: reference('ReplicaSet', failure.replicaSet),
        since: saidSince(blocked, said),
        confidence: 'likely',
        evidence: said,
        explains: gaps,
        mitigation: {
          action: 'remove-obstacle',
          automatic: false,
          command,
          steps: [
            command,
            shell`kubectl -n ${namespace} get deployment ${deployment} -o yaml`,
            `Remove what refuses the pods: ${failure.message}`,
            shell`kubectl -n ${namespace} annotate replicaset ${name} virtop.io/nudge="$(date +%s)" --overwrite`,
          ],
        },
      },
    ];
  },
});
