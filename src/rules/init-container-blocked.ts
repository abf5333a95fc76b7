import { defineRule } from '../model/rule.ts';
import { crashText } from '../objects/container/crash.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { notReady } from '../objects/container/not-ready.ts';
import { inNamespace, podObservations } from '../objects/container/pod-failure.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { outOfPods } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'init-container-blocked',
  rung: 'container-start',
  order: 75,
  severity: 'critical',
  meaning:
    "An init container does not get done, and the operator's own container waits for it. KubeVirt's Deployment has none: something adds it, such as a service mesh.",
  impact: 'The operator never starts.',
  evidence:
    'Certain: an init container of an operator pod has run for more than a minute, or ended with an error and is started again.',
  remedy:
    'Read the log of the init container. A service mesh has nothing to do here: turn its injection off for the namespace, and delete the pods.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE logs POD -c CONTAINER',
    'kubectl label namespace NAMESPACE istio-injection=disabled --overwrite',
    'kubectl -n NAMESPACE delete pod POD',
  ],
  related: ['sidecar-not-ready'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const { unready } = operatorOf(seen);
    const ended = crashesOf(operatorOf(seen), seen, 'init-container-blocked').map((crash) => ({
      ...crash,
      message: [crashText(crash), crash.message.trim()].filter(Boolean).join(': '),
    }));
    const failures = [...ended, ...notReady(unready, seen.readAt, seen.events, 'init-container-blocked')];
    return podObservations(failures, ({ pod, container }) => ({
      title: `init container ${container} does not get done`,
      confidence: 'certain',
      mitigation: {
        action: 'repair-init-container',
        automatic: false,
        command: inNamespace(pod, shell`logs ${nameOf(pod)} -c ${container}`),
        steps: [
          inNamespace(pod, shell`logs ${nameOf(pod)} -c ${container}`),
          ...outOfPods(
            container,
            failures.map((one) => one.pod),
          ),
        ],
      },
    }));
  },
});
