import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

export default defineRule({
  code: 'progress-deadline-exceeded',
  rung: 'leader',
  order: 3,
  severity: 'info',
  meaning: 'The Deployment controller saw no progress for ten minutes. That says that something is wrong, not what.',
  impact: 'None of its own: the controller goes on trying.',
  evidence:
    "Certain: the Deployment's Progressing condition is False with reason ProgressDeadlineExceeded. It is told beside the cause.",
  remedy: 'Mend what keeps the pods from starting; the condition then goes by itself.',
  commands: ['kubectl -n NAMESPACE describe deployment virt-operator'],
  related: ['deployment-paused', 'rollout-broken-and-old-lost'],
  needs: ['deployment'],
  evaluate({ deployment }) {
    const progress = condition(deployment?.status?.conditions, 'Progressing');
    if (!deployment || progress?.status !== 'False' || progress.reason !== 'ProgressDeadlineExceeded') return [];
    const [name, namespace] = [nameOf(deployment), deployment.metadata?.namespace ?? ''];
    return [
      {
        title: `Deployment ${name} has made no progress within its deadline`,
        object: reference('Deployment', deployment),
        since: progress.lastTransitionTime ?? null,
        confidence: 'certain',
        evidence: [
          { text: progress.message ?? progress.reason, source: `deployment/${name} status.conditions[Progressing]` },
        ],
        explains: [],
        mitigation: {
          action: 'look-at-pods',
          automatic: false,
          command: shell`kubectl -n ${namespace} describe deployment ${name}`,
        },
      },
    ];
  },
});
