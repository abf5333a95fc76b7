import { defineRule } from '../model/rule.ts';
import { otherImage } from '../objects/image-pull.ts';
import { operatorOf } from '../objects/operator.ts';
import { podObservations } from '../objects/pod-failure.ts';
import { startFailures } from '../objects/start-failure.ts';

export default defineRule({
  code: 'exec-permission-denied',
  rung: 'container-start',
  order: 61,
  severity: 'critical',
  meaning:
    'The program is there and may not be run: it is not executable for the user of the container, lies on a volume mounted noexec, or a policy (SELinux, AppArmor, fapolicyd) of the node forbids it.',
  impact: 'The operator ends before its first line, again and again.',
  remedy: "Use KubeVirt's own image and user. If it ran there before, look at the node's audit log.",
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const failures = startFailures(operator.unready, seen.readAt, seen.events, 'exec-permission-denied');
    return podObservations(failures, ({ container, image }) => ({
      title: `container ${container} may not run the program in image ${image}`,
      confidence: 'likely',
      mitigation: otherImage(operator, container),
    }));
  },
});
