import type { Mitigation } from '../model/finding.ts';
import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { otherImage } from '../objects/container/other-image.ts';
import { lookAt, type PodFailure, podObservations } from '../objects/container/pod-failure.ts';
import { startFailures } from '../objects/container/start-failure.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { lookAtTemplate } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'config-missing-ref',
  rung: 'container-start',
  order: 50,
  onAnyNode: true,
  severity: 'critical',
  meaning:
    "The container takes a variable from a Secret or ConfigMap that does not exist, or lacks that key. KubeVirt's own Deployment has no such variable: somebody added it.",
  impact: 'Pods of this revision never start. Older pods, where some are left, go on.',
  evidence:
    "Likely: a container waits before it is made (mostly CreateContainerConfigError), and the kubelet's words name a Secret, ConfigMap or key that is not there. The object is not looked for: Secrets are never read.",
  remedy:
    'Make the object or its key, or take the variable out of the Deployment; then the container starts by itself.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator',
    'kubectl -n NAMESPACE edit deployment virt-operator',
  ],
  related: ['config-run-as-nonroot', 'pull-secret-missing', 'volume-mount-failed'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const failures = startFailures(operator.unready, seen.readAt, seen.events, 'config-missing-ref');
    return podObservations(failures, (first) => ({
      title: `container ${first.container} needs ${missingIn(first.message)}, which does not exist`,
      confidence: 'likely',
      mitigation: operator.replicaSets.length > 1 ? otherImage(operator, first) : restore(first, operator.deployment),
    }));
  },
});

function missingIn(message: string): string {
  const [, kind, name] = /(secret|configmap) "([^"]*)" not found/.exec(message) ?? [];
  if (kind) return `${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${name}`;
  const [, key, where] = /couldn't find key (\S+) in ((?:Secret|ConfigMap) \S+)/.exec(message) ?? [];
  return key ? `key ${key} of ${where}` : 'an object';
}

function restore(first: PodFailure, deployment: Deployment | null): Mitigation {
  const look = lookAt('restore-configuration', first);
  const containers = list(deployment?.spec?.template?.spec?.containers);
  const env = list(containers.find(({ name }) => name === first.container)?.env);
  const variables = env.flatMap(({ name, valueFrom }) => {
    const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
    const source = secretKeyRef?.name ?? configMapKeyRef?.name;
    return source && first.message.includes(source) ? [`${name}-`] : [];
  });
  const namespace = first.pod.metadata?.namespace ?? '';
  const out =
    variables.length > 0
      ? shell`kubectl -n ${namespace} set env deployment/${nameOf(deployment)} -c ${first.container} ${variables}`
      : lookAtTemplate(deployment);
  return {
    ...look,
    steps: [
      look.command,
      `Make ${missingIn(first.message)} in namespace ${namespace} again, from where it came: then the container starts by itself. Or take the variable out of the Deployment:`,
      out,
    ],
  };
}
