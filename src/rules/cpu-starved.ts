import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { nodesOf, podObservations } from '../objects/container/pod-failure.ts';
import { isTimeout, probeWords } from '../objects/container/probe.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'cpu-starved',
  rung: 'container-run',
  order: 95,
  severity: 'warning',
  meaning:
    'The operator lost its lease and does not answer probes in time. It asks for 10 millicores only: on a node with too much load it gets too little.',
  impact: 'The operator restarts, and does again while the load lasts.',
  evidence:
    "Possible: the operator's container ended because it lost its lease or failed its liveness probe, and an event tells of a probe that was answered too late. The load of the node is not read. It is told beside the cause.",
  remedy: 'Look at the load of that node, and move what makes it. A higher CPU request in the Deployment helps, too.',
  commands: [
    'kubectl top node NODE',
    'kubectl -n NAMESPACE set resources deployment/virt-operator -c CONTAINER --requests=cpu=100m',
  ],
  related: ['leader-election-lost', 'liveness-failing', 'readiness-failing'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const lost = crashesOf(operator, seen, 'leader-election-lost', 'liveness-failing');
    const slow = lost.flatMap(({ pod, container }) =>
      [...probeWords(pod, 'Liveness', seen.events), ...probeWords(pod, 'Readiness', seen.events)]
        .filter(({ text }) => isTimeout(text))
        .slice(0, 1)
        .map(({ text, source }) => ({ pod, container, message: text, source })),
    );
    const observations = podObservations(slow, ({ pod }) => ({
      title: `virt-operator seems to get too little processor time on ${nodesOf(slow)}`,
      confidence: 'possible',
      mitigation: {
        action: 'reduce-load',
        automatic: false,
        command: shell`kubectl top node ${pod.spec?.nodeName ?? ''}`,
      },
    }));
    return observations.map((one) => ({ ...one, explains: [] }));
  },
});
