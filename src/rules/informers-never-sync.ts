import { defineRule } from '../model/rule.ts';
import { neverLed } from '../objects/container/idle.ts';
import { type Standstill, standstills } from '../objects/container/idle-log.ts';
import { inNamespace } from '../objects/container/pod-failure.ts';
import { condition } from '../objects/meta/condition.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { leaseText } from '../objects/operator/lease.ts';
import { operatorOf } from '../objects/operator/operator.ts';

/** A sound operator asks for the lease within seconds, and gets an orphaned one within 15 more. */
const PATIENCE = 60;

export default defineRule({
  code: 'informers-never-sync',
  rung: 'container-run',
  order: 60,
  severity: 'critical',
  meaning:
    'The operator pods are Ready, and none of them has ever held the lease: they wait for something before it, mostly for the first list of a resource that the API server does not give them.',
  impact: 'Nothing is installed, upgraded, repaired or rotated, while Deployment and pods look healthy.',
  evidence:
    'Possible: a pod has been Ready for more than a minute, the lease is not held, and the process in every Ready pod started after the lease was last renewed. What the pods wait for, no object says.',
  remedy:
    "Look where the operator's log stops. Lines with 'failed to list' name the resource: a CustomResourceDefinition that is missing, or a right of the ServiceAccount.",
  commands: ['kubectl -n NAMESPACE logs POD --tail=50', 'kubectl get customresourcedefinition kubevirts.kubevirt.io'],
  related: ['kubevirt-crd-missing', 'crash-rbac', 'no-leader'],
  needs: ['deployment', 'replicaSets', 'pods', 'operatorLease'],
  wants: ['operatorLogs'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const lease = leaderState(seen.operatorLease, seen.pods, seen.readAt);
    const [pod] = operator.ready;
    const ready = condition(pod?.status?.conditions, 'Ready')?.lastTransitionTime;
    if (!pod || !neverLed(operator.ready, lease) || (ageSeconds(seen.readAt, ready) ?? 0) < PATIENCE) return [];
    const stops = standstills(operator.ready, seen.operatorLogs);
    const before = stops.filter(({ stage }) => stage === 'before-lease');
    if (stops.length > 0 && before.length === 0) return [];
    return [
      {
        title: titleOf(before[0]),
        object: { kind: 'Pod', namespace: pod.metadata?.namespace ?? null, name: nameOf(pod) },
        since: ready ?? null,
        // Without their log it is one reading of several: `no-leader` says what is sure.
        confidence: before.length > 0 ? 'likely' : 'possible',
        evidence: [
          ...before.map(({ words }) => words),
          ...operator.ready.map((one) => ({
            text: `Ready since ${condition(one.status?.conditions, 'Ready')?.lastTransitionTime ?? 'an unknown time'}`,
            source: `pod/${nameOf(one)} status.conditions[Ready]`,
          })),
          { text: leaseText(lease), source: `lease/virt-operator in ${pod.metadata?.namespace ?? ''}` },
        ],
        explains: ['leader'],
        mitigation: {
          action: 'read-log',
          automatic: false,
          command: inNamespace(pod, shell`logs ${nameOf(pod)} --tail=50`),
        },
      },
    ];
  },
});

function titleOf(stop: Standstill | undefined): string {
  if (!stop) return 'the operator pods are Ready, and none of them has held the lease since it started';
  const what = stop.resource ? `it cannot list ${stop.resource}` : 'its log stops before that';
  return `virt-operator runs, and has never asked for the lease: ${what}`;
}
