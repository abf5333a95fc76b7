import { defineRule } from '../model/rule.ts';
import { otherImage } from '../objects/container/other-image.ts';
import { nodesOf, podObservations } from '../objects/container/pod-failure.ts';
import { startFailures } from '../objects/container/start-failure.ts';
import { kubevirtVersion, reinstallCommand } from '../objects/operator/installation.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'exec-permission-denied',
  rung: 'container-start',
  order: 61,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    'The program is there and may not be run: it is not executable for the user of the container, lies on a volume mounted noexec, or a policy (SELinux, AppArmor, fapolicyd) of the node forbids it.',
  impact: 'The operator ends before its first line, again and again.',
  evidence:
    "Likely: the container ended with exit code 126, its loader was denied a library, or it never ran and the runtime's words say that permission was denied.",
  remedy: "Use KubeVirt's own image and user. If it ran there before, look at the node's audit log.",
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['create-container-error', 'exec-format-error', 'exec-not-found'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'kubevirts'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const failures = startFailures(operator.unready, seen.readAt, seen.events, 'exec-permission-denied');
    const command = reinstallCommand(kubevirtVersion(seen));
    const steps = [
      `On ${nodesOf(failures)}, look for what denied it: ausearch -m avc,fanotify -ts recent (SELinux, fapolicyd); findmnt -T /var/lib/containerd (noexec)`,
      'Where nothing did, the image or the user is not the one of KubeVirt: apply its manifest again.',
      command,
    ];
    const reApply = { action: 're-apply-manifest', automatic: false, command, steps };
    return podObservations(failures, ({ pod, container, image }) => ({
      title: `container ${container} may not run the program in image ${image}`,
      confidence: 'likely',
      mitigation: operator.replicaSets.length > 1 ? otherImage(operator, { pod, container }) : reApply,
    }));
  },
});
