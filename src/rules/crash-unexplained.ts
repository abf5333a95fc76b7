import { defineRule } from '../model/rule.ts';
import { crashText } from '../objects/crash.ts';
import { crashesOf } from '../objects/crash-class.ts';
import { crashObservations, lastLines, readLog } from '../objects/crash-observation.ts';
import { operatorOf } from '../objects/operator.ts';

export default defineRule({
  code: 'crash-unexplained',
  rung: 'container-run',
  order: 90,
  severity: 'critical',
  meaning:
    'The container ends again and again, and neither its exit code nor its last lines are known to this program.',
  impact: 'The operator restarts again and again.',
  remedy: 'Read its log. A crash right after a roll-out is mended by undoing it.',
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
