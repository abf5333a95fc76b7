import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations } from '../objects/container/crash-observation.ts';
import { lookAt } from '../objects/container/pod-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'exit-143-term',
  rung: 'container-run',
  order: 85,
  severity: 'info',
  meaning: 'The container was asked to end (signal 15) and did: a drain, a deletion, a probe or a restart of the node.',
  impact: 'None by itself: the container is started again.',
  evidence:
    'Certain: the container ended with exit code 143, and neither a probe nor a known line of its log tells why. It is told beside the cause; crash-unexplained accounts for the pod.',
  remedy: "If it does not come back, read the pod's events: they say who asked.",
  commands: ['kubectl -n NAMESPACE describe pod POD'],
  related: ['evicted-by-api', 'node-shutdown', 'hook-failed', 'crash-unexplained', 'exit-137-kill'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs'],
  evaluate(seen) {
    const ended = crashesOf(operatorOf(seen), seen, 'exit-143-term');
    const observations = crashObservations(ended, (first) => ({
      title: `container ${first.container} was asked to end, and did`,
      // Without events a probe may have asked, which is another cause.
      confidence: seen.events && first.exitCode === 143 ? 'certain' : 'likely',
      mitigation: lookAt('read-events', first),
    }));
    return observations.map((one) => ({ ...one, since: null, explains: [] }));
  },
});
