import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations } from '../objects/container/crash-observation.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { kubevirtVersion, reinstallCommand } from '../objects/operator/installation.ts';
import { operatorOf } from '../objects/operator/operator.ts';

const VARIABLE = 'VIRT_OPERATOR_IMAGE';

export default defineRule({
  code: 'missing-image-env',
  rung: 'container-run',
  order: 12,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    'The operator does not know its own image, from which it derives the images of all other components: the variable VIRT_OPERATOR_IMAGE is missing.',
  impact: 'The operator ends at start, again and again.',
  evidence:
    "The last known line of the operator's log (its termination message) says that it cannot find its own image. Certain: the container sets no VIRT_OPERATOR_IMAGE. Likely: it does, and the value is not usable.",
  remedy: 'Apply the operator manifest of the installed version again: image and variables belong together.',
  commands: [
    'kubectl -n NAMESPACE logs POD -c CONTAINER --previous',
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['startup-misc-fatal'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'operatorLogs', 'kubevirts'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    return crashObservations(crashesOf(operator, seen, 'missing-image-env'), ({ pod, container }) => {
      const env = list(list(pod.spec?.containers).find(({ name }) => name === container)?.env);
      const unset = !env.some(({ name, value, valueFrom }) => name === VARIABLE && (value || valueFrom));
      return {
        title: `virt-operator ends at start: variable ${VARIABLE} is ${unset ? 'missing' : 'not usable'}`,
        confidence: unset ? 'certain' : 'likely',
        evidence: [
          {
            text: `${VARIABLE} is ${unset ? 'not set' : 'set'}`,
            source: `pod/${nameOf(pod)} spec.containers[${container}].env`,
          },
        ],
        mitigation: { action: 're-apply-manifest', automatic: false, command: reinstallCommand(kubevirtVersion(seen)) },
      };
    });
  },
});
