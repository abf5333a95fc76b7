import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { formerObstacle, OBSTACLE_READS } from '../objects/creation/former-obstacle.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';

/**
 * The longest wait between two tries is 1000 seconds (Kubernetes 1.36 client-go util/workqueue/default_rate_limiters.go), and an event
 * may be held back for 300 more (client-go tools/record/events_cache.go): a refusal that is older was not followed by a wait.
 */
const LONGEST_WAIT_SECONDS = 1300;

export default defineRule({
  code: 'replicaset-backoff',
  rung: 'replicaset',
  order: 900,
  severity: 'warning',
  meaning:
    'What refused the operator pods is gone, but after so many failures the ReplicaSet controller waits up to 17 minutes before it tries again.',
  impact: 'The operator pods come back by themselves, later than they could.',
  evidence:
    'Likely: pods are owed, the newest failure to create them is less than 22 minutes old, and what it named (an account, a class, a quota, a level, a webhook, a policy or a right) was read and is no longer in the way. Possible: that failure is older, and no later one is known. No object says when the controller tries again.',
  remedy: 'Annotate the ReplicaSet: its controller then tries at once.',
  commands: [
    'kubectl -n NAMESPACE describe replicaset REPLICASET',
    'kubectl -n NAMESPACE annotate replicaset REPLICASET virtop.io/nudge="$(date +%s)" --overwrite',
  ],
  related: [
    'rs-create-gave-up',
    'pod-name-collision',
    'podsecurity-denied',
    'priorityclass-missing',
    'serviceaccount-missing',
    'vap-denied',
    'webhook-denied',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', ...OBSTACLE_READS],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const now = blocked ? formerObstacle(blocked, seen) : null;
    const failure = blocked?.failure;
    if (!blocked || !failure || now === null) return [];
    const isOld = (ageSeconds(seen.readAt, failure.time) ?? 0) > LONGEST_WAIT_SECONDS;
    const said = words(blocked, /./);
    const name = nameOf(failure.replicaSet);
    const source = `replicaset/${name}`;
    return [
      {
        title: `ReplicaSet ${name} waits before it tries again to create its pods, though what refused them is gone`,
        object: reference('ReplicaSet', failure.replicaSet),
        since: saidSince(blocked, said),
        confidence: isOld ? 'possible' : 'likely',
        evidence: [
          {
            text: `${now}, and no later failure ${isOld ? 'is known, though there should have been a try since' : 'was reported'}`,
            source,
          },
          ...said,
        ],
        explains: blocked.gaps,
        mitigation: {
          action: 'nudge-replicaset',
          automatic: true,
          command: shell`kubectl -n ${blocked.namespace} annotate replicaset ${name} virtop.io/nudge="$(date +%s)" --overwrite`,
        },
      },
    ];
  },
});
