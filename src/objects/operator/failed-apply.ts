import type { Deployment, KubernetesObject } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { ageSeconds, later, millis } from '../meta/time.ts';
import { isAtLeast } from '../meta/version.ts';

/** One run of kubectl writes all of a manifest within this. */
const ONE_RUN_SECONDS = 60;
/** Programs of the control plane and KubeVirt, which apply no manifest. */
const OWN_WRITERS = ['kube-apiserver', 'kube-controller-manager', 'virt-operator'];

/** What a person changes by hand, without a manifest. */
const BY_HAND = ['kubectl-label', 'kubectl-annotate', 'kubectl-edit', 'kubectl-patch'];

/** When an object's own fields (not its status) were last written by somebody outside the cluster; `but` leaves out some of them. */
export function lastWritten(object: KubernetesObject | null | undefined, but: readonly string[] = []): string | null {
  const times = list(object?.metadata?.managedFields)
    .filter(({ manager, subresource }) => !subresource && ![...OWN_WRITERS, ...but].includes(manager ?? ''))
    .map(({ time }) => time ?? null);
  return times.reduce<string | null>((newest, time) => later(newest, time), null);
}

/** When a manifest was last applied to an object. */
export function lastApplied(object: KubernetesObject): string | null {
  return lastWritten(object, BY_HAND);
}

/** Whether a manifest's first object was written well after its last one, the Deployment, and that is no apply that still goes on. */
export function missedDeployment(crd: KubernetesObject, deployment: Deployment, readAt: string): boolean {
  const [wroteCrd, wroteDeployment] = [lastApplied(crd), lastWritten(deployment)];
  if (millis(wroteDeployment) === null) return false;
  const between = ageSeconds(String(wroteCrd), wroteDeployment);
  return (between ?? 0) > ONE_RUN_SECONDS && (ageSeconds(readAt, wroteCrd) ?? 0) > ONE_RUN_SECONDS;
}

/** A selector that KubeVirt's manifest does not have (KubeVirt v1.7.0 components/deployments.go NewOperatorDeployment); null when it is the same. */
export function foreignSelector({ spec }: Deployment): string | null {
  const labels = Object.entries(spec?.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const more = list(spec?.selector?.matchExpressions).map(({ key }) => key ?? '');
  const all = [...labels, ...more].sort().join(', ');
  return all === '' || all === 'kubevirt.io=virt-operator' ? null : all;
}

/** The version on the CustomResourceDefinition, should it be newer than the Deployment's. */
export function newerVersion(crd: KubernetesObject, version: string | null): string | null {
  const label = crd.metadata?.labels?.['app.kubernetes.io/version'] ?? null;
  return isAtLeast(label, version ?? '') && isAtLeast(version, label ?? '') === false ? label : null;
}

/** Labels that the CustomResourceDefinition has and the Deployment lacks, as a tool leaves them that labels all it applies, selectors too. */
export function newLabels(crd: KubernetesObject, deployment: Deployment): string[] {
  const own = deployment.metadata?.labels ?? {};
  const labels = Object.entries(crd.metadata?.labels ?? {});
  return labels
    .filter(([key, value]) => !/kubevirt\.io$|^app\.kubernetes\.io\//.test(key) && own[key] !== value)
    .map(([key, value]) => `${key}=${value}`);
}
