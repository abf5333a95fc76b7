import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations, readLog } from '../objects/container/crash-observation.ts';
import { isTimeout, probeWords } from '../objects/container/probe.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { probeSteps } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'liveness-failing',
  rung: 'container-run',
  order: 30,
  severity: 'critical',
  meaning:
    'The kubelet gets no good answer from the port of the operator and kills it, again and again. Liveness and readiness ask the same address (:8443/metrics).',
  impact: 'The operator restarts before it can lead for long.',
  evidence:
    'Likely: an event says that the kubelet killed the container for its liveness probe, or that this probe failed, and the container ended as one that was told to (not with exit code 1 or a panic).',
  remedy:
    'Refused: the process does not listen, and its log says why. Timed out: it gets too little processor time, or something on the node blocks the way.',
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl -n NAMESPACE logs POD -c CONTAINER --previous'],
  related: ['hook-failed', 'cpu-starved', 'exit-137-kill', 'readiness-failing', 'startup-probe-failing'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return crashObservations(crashesOf(operatorOf(seen), seen, 'liveness-failing'), (first) => {
      const words = probeWords(first.pod, 'Liveness', seen.events);
      const slow = words.some(({ text }) => isTimeout(text));
      return {
        title: `the kubelet kills container ${first.container}: ${slow ? 'it does not answer in time' : 'its liveness probe fails'}`,
        confidence: 'likely',
        evidence: words,
        mitigation: {
          ...readLog('read-log', first),
          steps: probeSteps(readLog('', first).command, first.pod, words, slow),
        },
      };
    });
  },
});
