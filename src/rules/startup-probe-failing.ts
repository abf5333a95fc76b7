import type { Mitigation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations } from '../objects/container/crash-observation.ts';
import { notReady } from '../objects/container/not-ready.ts';
import { lookAt, type PodFailure, podObservations } from '../objects/container/pod-failure.ts';
import { probeWords } from '../objects/container/probe.ts';
import { type Operator, operatorOf } from '../objects/operator/operator.ts';
import { patchTemplate } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'startup-probe-failing',
  rung: 'container-run',
  order: 31,
  severity: 'critical',
  meaning:
    "The operator does not pass its startup probe. KubeVirt's own Deployment has none: somebody added it, and may have given too little time.",
  impact: 'The operator is killed before it is Ready, again and again.',
  evidence:
    "Likely: the operator's container has a startup probe and has not passed it (for more than a minute, or with an event about it), or an event says that its kubelet killed it for that.",
  remedy: 'Take the startup probe out of the Deployment, or give it the address :8443/metrics (HTTPS) and more time.',
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl -n NAMESPACE edit deployment virt-operator'],
  related: ['crash-unexplained', 'liveness-failing', 'readiness-failing'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const title = 'virt-operator does not pass its startup probe';
    const confidence = 'likely';
    const killed = crashesOf(operator, seen, 'startup-probe-failing');
    const waiting = notReady(operator.unready, seen.readAt, seen.events, 'startup-probe-failing');
    return [
      ...crashObservations(killed, (first) => ({
        title,
        confidence,
        evidence: probeWords(first.pod, 'Startup', seen.events),
        mitigation: withoutProbe(operator, first),
      })),
      ...podObservations(waiting, (first) => ({
        title,
        confidence,
        since: first.since,
        evidence: first.words,
        mitigation: withoutProbe(operator, first),
      })),
    ];
  },
});

/** KubeVirt's manifest has none (KubeVirt v1.9.0 pkg/virt-operator/resource/generate/components/deployments.go). */
function withoutProbe({ deployment }: Operator, first: PodFailure): Mitigation {
  const look = lookAt('correct-startup-probe', first);
  const patch = patchTemplate(deployment, { containers: [{ name: first.container, startupProbe: null }] });
  return { ...look, steps: [look.command, "KubeVirt's own manifest has no startup probe. Take it out:", patch] };
}
