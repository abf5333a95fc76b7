import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations, readLog } from '../objects/container/crash-observation.ts';
import { logLine } from '../objects/meta/log-line.ts';
import { operatorOf } from '../objects/operator/operator.ts';

/** KubeVirt v1.9 pkg/virt-operator/application.go configModificationCallback. */
const REINITIALIZE = /Reinitialize virt-operator, \w+ has been (?:introduced|removed)/;

export default defineRule({
  code: 'exit0-restart',
  rung: 'container-run',
  order: 20,
  severity: 'warning',
  meaning:
    "The operator ended itself without an error, as it does when the Prometheus operator's resource definitions appear or disappear. Kubernetes delays the next start all the same.",
  impact: 'The operator is away for seconds to minutes; again and again, if those definitions come and go.',
  evidence:
    'Likely: the container ended with exit code 0, and its log says that it starts anew for the definitions of the Prometheus operator. Possible: it ended with exit code 0, and no log says why.',
  remedy: 'Wait for the next start. If it happens again, find what installs and removes the Prometheus operator.',
  commands: ['kubectl -n NAMESPACE logs POD -c CONTAINER --previous', 'kubectl get customresourcedefinitions'],
  related: ['alert-not-yet-resolved'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs'],
  evaluate(seen) {
    return crashObservations(crashesOf(operatorOf(seen), seen, 'exit0-restart'), (first) => {
      const line = logLine(first.message, REINITIALIZE);
      return {
        title: 'virt-operator ended itself without an error, and waits to be started again',
        confidence: line ? 'likely' : 'possible',
        evidence: line ? [{ text: line, source: first.saidIn }] : [],
        mitigation: readLog('wait-for-restart', first),
      };
    });
  },
});
