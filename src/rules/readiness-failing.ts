import { defineRule } from '../model/rule.ts';
import { notReady } from '../objects/container/not-ready.ts';
import { inNamespace, podObservations } from '../objects/container/pod-failure.ts';
import { isTimeout } from '../objects/container/probe.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { probeSteps } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'readiness-failing',
  rung: 'container-run',
  order: 32,
  severity: 'critical',
  meaning: "The operator's process runs, and the kubelet gets no good answer from its port (:8443/metrics).",
  impact: 'The pod counts as not Ready. It may lead all the same, but its webhooks are not called.',
  evidence:
    "All containers run, and the operator's own is not ready. Likely: an event tells of its readiness probe. Possible: there is no such event, and it has run for more than a minute.",
  remedy:
    'Refused: the process does not listen, and its log says why. Timed out: it gets too little processor time, or something on the node blocks the way.',
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl -n NAMESPACE logs POD -c CONTAINER'],
  related: ['cpu-starved', 'liveness-failing', 'readiness-gate', 'sidecar-not-ready', 'startup-probe-failing'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = notReady(operatorOf(seen).unready, seen.readAt, seen.events, 'readiness-failing');
    return podObservations(failures, ({ pod, container, since, words }) => {
      const slow = words.some(({ text }) => isTimeout(text));
      return {
        title: `virt-operator runs, but ${slow ? 'does not answer its readiness probe in time' : 'is not ready'}`,
        confidence: words.length > 0 ? 'likely' : 'possible',
        since,
        evidence: words,
        mitigation: {
          action: 'read-log',
          automatic: false,
          command: inNamespace(pod, shell`logs ${nameOf(pod)} -c ${container}`),
          steps: probeSteps(inNamespace(pod, shell`logs ${nameOf(pod)} -c ${container}`), pod, words, slow),
        },
      };
    });
  },
});
