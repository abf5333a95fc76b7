import { defineRule } from '../model/rule.ts';
import { otherImage } from '../objects/container/other-image.ts';
import { podObservations } from '../objects/container/pod-failure.ts';
import { startFailures } from '../objects/container/start-failure.ts';
import { kubevirtVersion, reinstallCommand } from '../objects/operator/installation.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'exec-not-found',
  rung: 'container-start',
  order: 60,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    'The image does not hold the program that the container is told to run: a wrong image, or an edited command.',
  impact: 'Pods of this revision never start. Older pods, where some are left, go on.',
  evidence:
    "Likely: the container ended with exit code 127, or it never ran and the runtime's words say that the program does not exist.",
  remedy: 'Undo the roll-out, or re-apply the manifest of the installed KubeVirt version.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['create-container-error', 'exec-format-error', 'exec-permission-denied'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'kubevirts'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const failures = startFailures(operator.unready, seen.readAt, seen.events, 'exec-not-found');
    const command = reinstallCommand(kubevirtVersion(seen));
    const reApply = { action: 're-apply-manifest', automatic: false, command };
    return podObservations(failures, ({ image, message, pod, container }) => ({
      title: `image ${image} has no program${programIn(message)}`,
      confidence: 'likely',
      mitigation: operator.replicaSets.length > 1 ? otherImage(operator, { pod, container }) : reApply,
    }));
  },
});

function programIn(message: string): string {
  const name = /exec: "([^"]+)"|executable file `([^`]+)`/.exec(message);
  return name ? ` ${name[1] ?? name[2]}` : ' that it is told to run';
}
