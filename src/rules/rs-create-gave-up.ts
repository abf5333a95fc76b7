import { defineRule } from '../model/rule.ts';
import { replicaSetFailure, unmadeGaps } from '../objects/creation/replica-set-failure.ts';
import { replicaSetObstacle } from '../objects/creation/replica-set-obstacle.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'rs-create-gave-up',
  rung: 'deployment',
  order: 5,
  severity: 'critical',
  meaning:
    "What refused the Deployment's ReplicaSet is gone, but the Deployment controller has stopped trying: it does so after 15 tries, until the Deployment changes or half a day has passed.",
  impact: 'The present template is not rolled out; where no older ReplicaSet is left, there is no operator pod.',
  evidence:
    'Likely: no ReplicaSet has the present template, and the ResourceQuota, policy or webhook that the newest ReplicaSetCreateError of the Deployment names is gone or no longer full. No object says that the controller has stopped trying.',
  remedy: 'Annotate the Deployment: that makes its controller try again, and rolls nothing out by itself.',
  commands: [
    'kubectl -n NAMESPACE describe deployment virt-operator',
    'kubectl -n NAMESPACE annotate deployment virt-operator virtop.io/nudge="$(date +%s)" --overwrite',
  ],
  related: ['rs-create-error', 'replicaset-backoff'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'resourceQuotas', 'webhooks', 'admissionPolicies'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment } = operator;
    const failure = replicaSetFailure(operator, seen.events);
    if (!deployment || !failure) return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
    const obstacle = replicaSetObstacle(failure.message, seen, namespace);
    if (obstacle?.state !== 'gone') return [];
    const { kind, name: former } = obstacle.object;
    return [
      {
        title: `Deployment ${name} does not try again to create its ReplicaSet, though ${kind} ${former} no longer refuses it`,
        object: reference('Deployment', deployment),
        since: failure.time,
        confidence: 'likely',
        evidence: [
          { text: 'no ReplicaSet has the present template', source: `replicasets in ${namespace}` },
          { text: 'no longer in the way', source: `${kind.toLowerCase()}/${former}` },
          { text: failure.message, source: failure.source },
        ],
        explains: unmadeGaps(operator),
        mitigation: {
          action: 'nudge-deployment',
          automatic: true,
          command: shell`kubectl -n ${namespace} annotate deployment ${name} virtop.io/nudge="$(date +%s)" --overwrite`,
        },
      },
    ];
  },
});
