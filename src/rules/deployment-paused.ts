import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { lastWriter, writerEvidence } from '../objects/meta/managed-fields.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf, uncreatedGaps } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'deployment-paused',
  rung: 'deployment',
  order: 3,
  severity: 'warning',
  meaning:
    'The roll-out is paused. Pods that exist go on, but no ReplicaSet is made for the present template, not even a first one.',
  impact: 'Without a ReplicaSet there is no operator pod; with an old one, a change of the template waits for ever.',
  evidence:
    'Certain: spec.paused is true. It is a cause only where no ReplicaSet has the present template, and accounts for missing pods only where there is no ReplicaSet at all. Who paused it, and when, is read from managedFields.',
  remedy: 'Resume the roll-out, after a look at the template that it will then roll out.',
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml --show-managed-fields',
    'kubectl -n NAMESPACE rollout resume deployment/virt-operator',
  ],
  related: ['observed-generation-lag', 'rs-create-error', 'progress-deadline-exceeded'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment, replicaSets, current } = operator;
    if (deployment?.spec?.paused !== true) return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
    const writer = lastWriter(deployment, ['spec', 'paused']);
    const orphaned = replicaSets.length === 0;
    const waiting = current
      ? []
      : [{ text: 'no ReplicaSet has the present template', source: `replicasets in ${namespace}` }];
    return [
      {
        title: `Deployment ${name} is paused${consequence(orphaned, current === null)}`,
        object: reference('Deployment', deployment),
        since: writer?.time ?? pausedSince(deployment),
        confidence: 'certain',
        evidence: [
          { text: 'spec.paused is true', source: `deployment/${name} spec.paused` },
          ...writerEvidence(deployment, writer),
          ...waiting,
        ],
        explains: [...(current ? [] : ['rollout']), ...(orphaned ? uncreatedGaps(operator) : [])],
        mitigation: {
          action: 'resume-rollout',
          automatic: true,
          command: shell`kubectl -n ${namespace} rollout resume deployment/${name}`,
        },
      },
    ];
  },
});

function consequence(orphaned: boolean, waiting: boolean): string {
  if (orphaned) return ' and has no ReplicaSet, so no pod is made';
  return waiting ? ' and does not roll out its present template' : '';
}

function pausedSince(deployment: Deployment): string | null {
  const progress = condition(deployment.status?.conditions, 'Progressing');
  return progress?.reason === 'DeploymentPaused' ? (progress.lastUpdateTime ?? null) : null;
}
