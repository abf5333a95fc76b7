import type { Mitigation } from '../model/finding.ts';
import type { Deployment } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { lookAt, type PodFailure, podObservations } from '../objects/container/pod-failure.ts';
import { setupFailures } from '../objects/container/pod-setup.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { withoutVolume } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'volume-mount-failed',
  rung: 'container-start',
  order: 14,
  severity: 'critical',
  meaning:
    "A volume of the pod cannot be mounted: a Secret, ConfigMap or ServiceAccount that it needs does not exist, or the node's kubelet cannot read it. KubeVirt's own certificate volume is optional and never the reason.",
  impact: 'The operator waits in ContainerCreating until the volume can be mounted; then it starts by itself.',
  evidence:
    "Likely: no container of the pod was begun, and the last thing that was told about it is the event FailedMount. Possible where its words are those that a kubelet also has for moments, while it starts to watch the pod's objects. What the volume is made from is not read.",
  remedy:
    'Make the object again that the text names, or take the volume out of the Deployment. Where kube-root-ca.crt is missing, kube-controller-manager does not publish it.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE get configmaps,serviceaccounts',
    'kubectl -n NAMESPACE edit deployment virt-operator',
  ],
  related: [
    'serviceaccount-missing',
    'volume-binding',
    'config-missing-ref',
    'pull-secret-missing',
    'volume-attach-failed',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const failures = setupFailures(operatorOf(seen).unready, seen.events, 'volume-mount-failed');
    return podObservations(failures, (first) => ({
      title: `${volumeIn(first.message)} of virt-operator cannot be mounted${missingIn(first.message)}`,
      confidence: isPassing(first.message) ? 'possible' : 'likely',
      mitigation: restore(first, seen.deployment),
    }));
  },
});

function volumeIn(message: string): string {
  const name = /volume "([^"]+)"|unmounted volumes=\[([^\]]+)\]/.exec(message);
  return name ? `volume ${name[1] ?? name[2]}` : 'a volume';
}

function missingIn(message: string): string {
  const [, kind, name] = /(secret|configmap|serviceaccounts?) "([^"]+)" not found/.exec(message) ?? [];
  if (kind) return `: ${kind} ${name} does not exist`;
  const key = /non-existent (?:secret|config) key: (\S+)/.exec(message)?.[1];
  return key ? `: its source has no key ${key}` : '';
}

/** The kubelet says so for moments, too, while it starts to watch a pod's objects. */
function isPassing(message: string): boolean {
  return /not registered|failed to sync \S+ cache/.test(message);
}

/** KubeVirt's own volumes (KubeVirt v1.9.0 pkg/virt-operator/resource/generate/components/deployments.go) stay. */
const OWN = ['kubevirt-operator-certs', 'profile-data'];

function restore(first: PodFailure, deployment: Deployment | null): Mitigation {
  const look = lookAt('restore-volume-source', first);
  const name = /volume "([^"]+)"/.exec(first.message)?.[1];
  const out = OWN.includes(name ?? '') ? null : withoutVolume(deployment, name);
  const missing = missingIn(first.message).slice(2);
  const where = `namespace ${first.pod.metadata?.namespace}`;
  const make = missing
    ? `Make what is missing again in ${where} (${missing})`
    : `Make what the words name again in ${where}`;
  return out ? { ...look, steps: [look.command, `${make}; or take the volume out of the Deployment:`, out] } : look;
}
