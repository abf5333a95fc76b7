import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { operatorOf, workloadGaps } from '../objects/operator/operator.ts';

/** How long after a recovery an alert may still be shown: Prometheus evaluates every minute or less, and Alertmanager keeps what is over for five. */
const LINGERS = 600;
/** A Deployment that became available sooner after it was made has been installed, and has not recovered. */
const INSTALLS = 600;

export default defineRule({
  code: 'alert-not-yet-resolved',
  rung: 'leader',
  order: 90,
  severity: 'info',
  meaning:
    'The operator was away and has been back for a few minutes: an alert about it may still be shown, and ends by itself.',
  impact: 'None any more.',
  evidence:
    'Certain: the operator lacks nothing, a pod leads, and the Deployment became available less than 10 minutes ago. A Deployment that was made shortly before that was installed, and has not recovered.',
  remedy: 'Wait ten minutes. If it comes back again and again, look at restarts and events of the pods.',
  commands: ['kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator'],
  related: ['exit0-restart'],
  needs: ['deployment', 'replicaSets', 'pods', 'operatorLease'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment } = operator;
    const available = condition(deployment?.status?.conditions, 'Available');
    const back = available?.status === 'True' ? (available.lastTransitionTime ?? null) : null;
    const age = ageSeconds(seen.readAt, back);
    if (back === null || age === null || age > LINGERS || workloadGaps(operator).length > 0) return [];
    const lived = ageSeconds(back, deployment?.metadata?.creationTimestamp) ?? 0;
    if (lived < INSTALLS || !leaderState(seen.operatorLease, seen.pods, seen.readAt).alive) return [];
    return [
      {
        title: 'virt-operator came back a few minutes ago: an alert that is still shown ends by itself',
        object: reference('Deployment', deployment),
        since: back,
        confidence: 'certain',
        evidence: [
          { text: `available since ${back}`, source: `deployment/${nameOf(deployment)} status.conditions[Available]` },
        ],
        explains: [],
        mitigation: null,
      },
    ];
  },
});
