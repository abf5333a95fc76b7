import type { Observation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { crashText } from '../objects/container/crash.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { notReady } from '../objects/container/not-ready.ts';
import { inNamespace, podObservations } from '../objects/container/pod-failure.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { outOfPods } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'sidecar-not-ready',
  rung: 'container-run',
  order: 40,
  severity: 'critical',
  meaning:
    "A container that is not KubeVirt's is not ready, and keeps the pod from being Ready. Something adds it when pods are made, such as a service mesh.",
  impact: "The pod counts as not Ready; a mesh may also block the operator's probes and webhooks.",
  evidence:
    "Certain: a container of an operator pod that is not KubeVirt's own has ended, or runs and is not ready (for more than a minute, or with an event about its probe), or has not started, and the operator's waits for it.",
  remedy:
    'Turn the injection off for the namespace of the operator (for Istio: label istio-injection=disabled), and delete the pods one by one.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE logs POD -c CONTAINER',
    'kubectl label namespace NAMESPACE istio-injection=disabled --overwrite',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['init-container-blocked', 'readiness-failing', 'readiness-gate'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen): Observation[] {
    const operator = operatorOf(seen);
    const ended = crashesOf(operator, seen, 'sidecar-not-ready').map((crash) => ({
      ...crash,
      message: [crashText(crash), crash.message.trim()].filter(Boolean).join(': '),
      since: crash.finishedAt,
      words: [],
    }));
    const failures = [...ended, ...notReady(operator.unready, seen.readAt, seen.events, 'sidecar-not-ready')];
    return podObservations(failures, ({ pod, container, since, words }) => ({
      title: `container ${container}, which is not KubeVirt's, is not ready`,
      confidence: 'certain',
      since,
      evidence: words,
      mitigation: {
        action: 'repair-sidecar',
        automatic: false,
        command: inNamespace(pod, shell`logs ${nameOf(pod)} -c ${container}`),
        steps: [
          inNamespace(pod, shell`logs ${nameOf(pod)} -c ${container}`),
          ...outOfPods(
            container,
            failures.map((one) => one.pod),
          ),
        ],
      },
    }));
  },
});
