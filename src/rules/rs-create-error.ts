import type { ObjectReference } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { replicaSetFailure, unmadeGaps } from '../objects/creation/replica-set-failure.ts';
import { replicaSetObstacle } from '../objects/creation/replica-set-obstacle.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

/** Kubernetes 1.36 apiserver pkg/util/webhook/error.go. */
const UNANSWERED = /failed calling webhook "/;

export default defineRule({
  code: 'rs-create-error',
  rung: 'deployment',
  order: 4,
  severity: 'critical',
  meaning:
    "The API server refuses the ReplicaSet for the Deployment's present template. The Deployment's own status may go on saying that all replicas are ready.",
  impact: 'The present template is not rolled out; where no older ReplicaSet is left, there is no operator pod.',
  evidence:
    'No ReplicaSet has the present template, and the newest ReplicaSetCreateError of the Deployment (its condition or an event) says why. Certain: the ResourceQuota that it names is full by its own numbers. Likely: it names a webhook that still exists, or something that is not read.',
  remedy:
    'Remove what the API server names. The Deployment controller gives up after 15 tries (under three minutes): then annotate the Deployment to make it try again.',
  commands: [
    'kubectl -n NAMESPACE describe deployment virt-operator',
    'kubectl get validatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl get mutatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
    'kubectl get validatingadmissionpolicy POLICY -o yaml',
    'kubectl -n NAMESPACE edit resourcequota QUOTA',
    'kubectl -n NAMESPACE annotate deployment virt-operator virtop.io/nudge="$(date +%s)" --overwrite',
  ],
  related: [
    'deployment-paused',
    'rs-create-gave-up',
    'controller-rbac-broken',
    'quota-exceeded',
    'webhook-denied',
    'webhook-unreachable',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'resourceQuotas', 'webhooks', 'admissionPolicies'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment } = operator;
    const failure = replicaSetFailure(operator, seen.events);
    if (!deployment || !failure) return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
    const obstacle = replicaSetObstacle(failure.message, seen, namespace);
    if (obstacle?.state === 'gone') return [];
    const object = obstacle?.object ?? reference('Deployment', deployment);
    const what = obstacle ? `${object.kind} ${object.name}` : 'the API server';
    return [
      {
        title: UNANSWERED.test(failure.message)
          ? `${what} does not answer, and the next ReplicaSet of Deployment ${name} may not be made without it`
          : `${what} refuses the next ReplicaSet of Deployment ${name}`,
        object,
        since: failure.time,
        confidence: obstacle?.state ?? 'likely',
        evidence: [...(obstacle?.evidence ?? []), { text: failure.message, source: failure.source }],
        explains: unmadeGaps(operator),
        mitigation: {
          action: 'remove-obstacle',
          automatic: false,
          command: commandFor(object, namespace),
          steps: [
            ...(object.kind === 'ResourceQuota'
              ? [shell`kubectl -n ${namespace} describe resourcequota ${object.name}`]
              : []),
            `Remove what refuses it: ${failure.message}`,
            commandFor(object, namespace),
            'The Deployment controller gives up after 15 tries (under three minutes): make it try again.',
            shell`kubectl -n ${namespace} annotate deployment ${name} virtop.io/nudge="$(date +%s)" --overwrite`,
          ],
        },
      },
    ];
  },
});

function commandFor({ kind, name }: ObjectReference, namespace: string): string {
  if (kind === 'ResourceQuota') return shell`kubectl -n ${namespace} edit resourcequota ${name}`;
  if (kind === 'Deployment') return shell`kubectl -n ${namespace} describe deployment ${name}`;
  return kind === 'Webhook'
    ? 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations'
    : shell`kubectl get ${kind.toLowerCase()} ${name} -o yaml`;
}
