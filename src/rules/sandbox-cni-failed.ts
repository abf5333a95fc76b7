import { defineRule } from '../model/rule.ts';
import { nodesOf, podObservations } from '../objects/container/pod-failure.ts';
import { setupFailures } from '../objects/container/pod-setup.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { deletePods, nodesUnder, podsOn } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'sandbox-cni-failed',
  rung: 'container-start',
  order: 10,
  severity: 'critical',
  meaning: "The network plugin (CNI) of the pod's node cannot give the pod a network.",
  impact: 'The operator does not start on that node, and other new pods there are likely to fail in the same way.',
  evidence:
    'Likely: no container of the pod was begun, it has no sandbox, and the last thing that was told about it is the event FailedCreatePodSandBox with words about its network.',
  remedy:
    "Look at the network plugin's pod on that node and at its log; the text names the plugin. If another node is sound, deleting the operator's pod may move it there.",
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl get pods -A -o wide --field-selector spec.nodeName=NODE',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['node-runtime-or-cni-notready', 'network-not-ready', 'sandbox-runtime', 'crash-api-unreachable'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = setupFailures(operatorOf(seen).unready, seen.events, 'sandbox-cni-failed');
    return podObservations(failures, ({ pod, message }) => ({
      title: `the network plugin${pluginOf(message)} of ${nodesOf(failures)} cannot set up the pod's network`,
      confidence: 'likely',
      mitigation: {
        action: 'repair-network-plugin',
        automatic: false,
        command: shell`kubectl get pods -A -o wide --field-selector spec.nodeName=${pod.spec?.nodeName ?? ''}`,
        steps: [
          ...podsOn(nodesUnder(failures.map((one) => one.pod))),
          `Repair the network plugin${pluginOf(message)} on ${nodesOf(failures)}: see the log of its pod there. If another node is sound, new pods may go there:`,
          ...deletePods(failures.map((one) => one.pod)),
        ],
      },
    }));
  },
});

function pluginOf(message: string): string {
  const name = /plugin type="([\w.-]+)"/.exec(message)?.[1];
  return name ? ` ${name}` : '';
}
