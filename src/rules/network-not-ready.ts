import { defineRule } from '../model/rule.ts';
import { nodesOf, podObservations } from '../objects/container/pod-failure.ts';
import { setupFailures } from '../objects/container/pod-setup.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { nodesUnder, podsOn } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'network-not-ready',
  rung: 'container-start',
  order: 11,
  severity: 'critical',
  meaning: "The container runtime of the pod's node says that the node has no pod network yet.",
  impact: 'No pod starts on that node, except those that use its own network.',
  evidence:
    "Likely: no container of the pod was begun, and the last thing that was told about it is the event NetworkNotReady. The node's Ready condition is added where it is False.",
  remedy: "Look at the network plugin's pod on that node: it has not written its configuration, or does not run.",
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE',
  ],
  related: ['node-network-unavailable', 'node-runtime-or-cni-notready', 'sandbox-cni-failed'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'nodes'],
  evaluate(seen) {
    const failures = setupFailures(operatorOf(seen).unready, seen.events, 'network-not-ready');
    return podObservations(failures, ({ pod }) => {
      const node = list(seen.nodes).find((one) => nameOf(one) === pod.spec?.nodeName);
      const ready = condition(node?.status?.conditions, 'Ready');
      const source = `node/${nameOf(node)} status.conditions[Ready]`;
      return {
        title: `there is no pod network on ${nodesOf(failures)}`,
        confidence: 'likely',
        evidence: ready?.status === 'False' ? [{ text: ready.message ?? '', source }] : [],
        mitigation: {
          action: 'repair-network-plugin',
          automatic: false,
          command: shell`kubectl get pods -A -o wide --field-selector spec.nodeName=${pod.spec?.nodeName ?? ''}`,
          steps: [
            ...podsOn(nodesUnder(failures.map((one) => one.pod))),
            `Repair the pod of the network plugin on ${nodesOf(failures)}: it has not written its configuration, or does not run.`,
          ],
        },
      };
    });
  },
});
