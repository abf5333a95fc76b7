import { defineRule } from '../model/rule.ts';
import { crashText } from '../objects/container/crash.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations, lastLines, readLog } from '../objects/container/crash-observation.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'crash-unexplained',
  rung: 'container-run',
  order: 90,
  severity: 'critical',
  meaning:
    'The container ends again and again, and neither its exit code nor its last lines are known to this program.',
  impact: 'The operator restarts again and again.',
  evidence:
    'Possible: a container has ended and is not ready, and neither its reason, its exit code, a probe nor a known line of its log tells why. Its last three lines are shown, where the pod keeps them.',
  remedy: 'Read its log. A crash right after a roll-out is mended by undoing it.',
  commands: [
    'kubectl -n NAMESPACE logs POD -c CONTAINER --previous',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
  ],
  related: [
    'rollout-broken-and-old-lost',
    'crash-panic',
    'exit-137-kill',
    'exit-143-term',
    'startup-misc-fatal',
    'startup-probe-failing',
  ],
  // Without its ServiceAccount the operator is refused.
  follows: ['replicaset'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs'],
  evaluate(seen) {
    const ended = crashesOf(operatorOf(seen), seen, 'crash-unexplained', 'exit-143-term');
    return crashObservations(ended, (first) => ({
      title: `container ${first.container} does not stay up: ${crashText(first)}`,
      confidence: 'possible',
      evidence: lastLines(first),
      mitigation: readLog('read-log', first),
    }));
  },
});
