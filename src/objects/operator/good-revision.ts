import type { KubeVirt, PodTemplate, ReplicaSet } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { isControlledBy } from '../meta/reference.ts';
import { kubevirtVersion } from './installation.ts';
import type { Operator } from './operator.ts';
import { differIn, earlierRevisions, type Part } from './revision.ts';

const HASH_LABEL = 'pod-template-hash';

/**
 * The newest earlier revision that runs the KubeVirt version which the cluster is at, for an older operator must not manage a newer
 * KubeVirt: one with ready pods before others, one whose pods fail as well last. It differs from the present one in `part`, where that is
 * known to be broken. As a sentence, why there is none.
 */
export function goodRevision(
  operator: Operator,
  { kubevirts, part }: { kubevirts: readonly KubeVirt[] | null | undefined; part: Part | null },
): ReplicaSet | string {
  const { current } = operator;
  const earlier = earlierRevisions(operator);
  if (earlier.length === 0) return 'there is no earlier revision: apply the manifest of the installed version';
  const installed = installedVersion(kubevirts);
  if (installed === null)
    return 'the version of KubeVirt that is installed is not known, so no revision is known to fit';
  const fitting = earlier.filter((one) => versionOf(one) === installed);
  if (fitting.length === 0) return `no earlier revision runs KubeVirt ${installed}, which is installed`;
  const other = fitting.filter((one) => !current || part === null || differIn(part, one, current));
  const [good] = [...other.filter(hasReadyPods), ...other.filter((one) => !failsToo(one, operator)), ...other];
  return good ?? `every earlier revision has the same ${part} as the present one`;
}

/** Whether pods of that revision are ready now. */
export function hasReadyPods({ status }: ReplicaSet): boolean {
  return (status?.readyReplicas ?? 0) > 0;
}

/** Whether it has pods now, and they do not come up. */
function failsToo(replicaSet: ReplicaSet, { unready }: Operator): boolean {
  return unready.some((pod) => isControlledBy(pod, replicaSet));
}

function versionOf(replicaSet: ReplicaSet): string | null {
  const { metadata, spec } = replicaSet;
  return kubevirtVersion({ deployment: { metadata: metadata ?? {}, spec: { template: spec?.template ?? {} } } });
}

/** What KubeVirt says of itself, not what the Deployment would run. */
function installedVersion(kubevirts: readonly KubeVirt[] | null | undefined): string | null {
  const status = list(kubevirts)[0]?.status;
  return status?.observedKubeVirtVersion || status?.operatorVersion || null;
}

/** A ReplicaSet's template as the Deployment had it (Kubernetes 1.36 kubectl pkg/polymorphichelpers/rollback.go getDeploymentPatch). */
export function templateOf(replicaSet: ReplicaSet): PodTemplate {
  const template = structuredClone(replicaSet.spec?.template ?? {});
  const { [HASH_LABEL]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
