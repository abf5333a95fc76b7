import { defineRule } from '../model/rule.ts';
import { operatorOf } from '../objects/operator.ts';
import { lookAtNode, nodesOf, podObservations } from '../objects/pod-failure.ts';
import { setupFailures } from '../objects/pod-setup.ts';

export default defineRule({
  code: 'sandbox-runtime',
  rung: 'container-start',
  order: 13,
  severity: 'critical',
  meaning:
    "The container runtime of the pod's node cannot make the pod's sandbox: its processes, cgroups or directories.",
  impact: 'The operator does not start on that node; other new pods there are likely to fail in the same way.',
  remedy:
    "Look at the runtime's and the kubelet's log on the node; restart the runtime where it hangs. Where the text speaks of a runtime that is not configured, correct the pod's RuntimeClass.",
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = setupFailures(operatorOf(seen).unready, seen.events, 'sandbox-runtime');
    return podObservations(failures, (first) => ({
      title: `the container runtime of ${nodesOf(failures)} cannot make the pod's sandbox`,
      confidence: 'likely',
      mitigation: lookAtNode('repair-runtime', first),
    }));
  },
});
