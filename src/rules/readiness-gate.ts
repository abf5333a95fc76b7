import type { Mitigation } from '../model/finding.ts';
import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { notReady } from '../objects/container/not-ready.ts';
import { lookAt, type PodFailure, podObservations } from '../objects/container/pod-failure.ts';
import { list } from '../objects/meta/list.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { patchTemplate } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'readiness-gate',
  rung: 'container-run',
  order: 41,
  severity: 'critical',
  meaning:
    "All containers are ready, and the pod still waits for a condition that a controller outside of Kubernetes sets (a readiness gate). KubeVirt's Deployment has none: a load-balancer controller, say, added it.",
  impact: 'The pod counts as not Ready, so that its webhooks are not called. It may lead all the same.',
  evidence:
    "Certain: all containers are ready, and the pod's Ready condition is False with reason ReadinessGatesNotReady.",
  remedy: 'Repair the controller that sets the condition, or take the readiness gate out and delete the pods.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE edit deployment virt-operator',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['readiness-failing', 'sidecar-not-ready'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = notReady(operatorOf(seen).unready, seen.readAt, seen.events, 'readiness-gate');
    return podObservations(failures, (first) => ({
      title: `virt-operator waits for readiness gate ${/"([^"]+)"/.exec(first.message)?.[1] ?? ''}`,
      confidence: 'certain',
      since: first.since,
      mitigation: withoutGate(seen.deployment, first),
    }));
  },
});

/** A gate that the Deployment does not have was put into the pods by a webhook, and would be again. */
function withoutGate(deployment: Deployment | null, first: PodFailure): Mitigation {
  const look = lookAt('repair-readiness-gate', first);
  const isOwn = list(deployment?.spec?.template?.spec?.readinessGates).length > 0;
  const other = isOwn
    ? ['Repair the controller that sets this condition; or take the gate out of the Deployment:']
    : ['Repair the controller that sets this condition; a webhook of it put the gate into the pod:'];
  const command = isOwn
    ? patchTemplate(deployment, { readinessGates: null })
    : 'kubectl get mutatingwebhookconfigurations';
  return { ...look, steps: [look.command, ...other, command] };
}
