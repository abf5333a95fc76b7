import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { eventsAbout } from '../objects/meta/event.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { operatorOf } from '../objects/operator/operator.ts';

/** How long the API server keeps events unless told otherwise (Kubernetes 1.36 pkg/controlplane/apiserver/options/options.go EventTTL). */
const KEPT_SECONDS = 3600;

export default defineRule({
  code: 'quota-of-events',
  rung: 'leader',
  order: 6,
  severity: 'info',
  meaning:
    'A ReplicaSet failed to create pods within the last hour, and no event tells of it: events are dropped (by the EventRateLimit plugin, or because they cannot be stored) or were deleted.',
  impact: 'What can be told about the outage rests on conditions, which keep the first failure and not the newest.',
  evidence:
    'Possible: the ReplicaFailure condition of a ReplicaSet has been True for less than an hour, and of the events that were read none is about it.',
  remedy: "Look at the API server's admission configuration for limits on events, and whether etcd takes writes.",
  commands: ['kubectl -n NAMESPACE get events', "kubectl get --raw='/readyz?verbose'"],
  related: ['etcd-or-api-slow', 'etcd-full-or-slow-create'],
  needs: ['deployment', 'replicaSets', 'pods', 'events'],
  evaluate(seen) {
    const silent = operatorOf(seen).replicaSets.filter((one) => {
      const failed = condition(one.status?.conditions, 'ReplicaFailure');
      const age = ageSeconds(seen.readAt, failed?.lastTransitionTime);
      const recent = failed?.status === 'True' && age !== null && age < KEPT_SECONDS;
      return recent && eventsAbout(list(seen.events), one).length === 0;
    });
    const [first] = silent;
    if (!first) return [];
    const name = nameOf(first);
    return [
      {
        title: `no event tells of the failures of ReplicaSet ${name}`,
        object: reference('ReplicaSet', first),
        since: null,
        confidence: 'possible',
        evidence: [
          { text: 'pods could not be created', source: `replicaset/${name} status.conditions[ReplicaFailure]` },
          { text: 'none about it', source: `events in ${first.metadata?.namespace ?? ''}` },
        ],
        explains: [],
        mitigation: {
          action: 'look-at-events',
          automatic: false,
          command: shell`kubectl -n ${first.metadata?.namespace ?? ''} get events`,
        },
      },
    ];
  },
});
