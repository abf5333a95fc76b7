import { defineRule } from '../model/rule.ts';
import { nodesOf, podObservations, replacePods } from '../objects/container/pod-failure.ts';
import { startFailures } from '../objects/container/start-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'create-container-error',
  rung: 'container-start',
  order: 80,
  severity: 'critical',
  meaning: "The container runtime of the pod's node has the image and cannot make or start the container from it.",
  impact: 'The operator does not start on that node.',
  evidence:
    'Likely: a container waits between its image and its start, or ended without having run (StartError, exit code 128), and the words are none that a nearer cause knows.',
  remedy:
    "Read the words. A name that is reserved, or a deadline, is a runtime that hangs or a disk that is too slow: restart the runtime, or delete the pod so that it may move. Otherwise the container's settings do not fit the node.",
  commands: ['kubectl -n NAMESPACE describe pod POD', 'kubectl -n NAMESPACE delete pod POD'],
  related: ['exec-not-found', 'exec-permission-denied', 'image-inspect-error', 'sandbox-runtime'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = startFailures(operatorOf(seen).unready, seen.readAt, seen.events, 'create-container-error');
    return podObservations(failures, ({ container }) => ({
      title: `the container runtime of ${nodesOf(failures)} cannot make container ${container}`,
      confidence: 'likely',
      mitigation: replacePods(failures),
    }));
  },
});
