import type { KubeVirt, PodTemplate, ReplicaSet } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { kubevirtVersion } from './installation.ts';
import type { Operator } from './operator.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const HASH_LABEL = 'pod-template-hash';

/** A ReplicaSet's revision, as `kubectl rollout history` shows it; empty where it has none. */
export function revisionOf({ metadata }: ReplicaSet): string {
  return metadata?.annotations?.[REVISION] ?? '';
}

/** The Deployment's ReplicaSets beside the present one, newest revision first. */
function earlierRevisions({ replicaSets, current }: Operator): ReplicaSet[] {
  const number = (one: ReplicaSet) => Number(revisionOf(one));
  return replicaSets.filter((one) => one !== current && number(one) > 0).sort((a, b) => number(b) - number(a));
}

/**
 * The newest earlier revision that runs the KubeVirt version which the cluster is at, one with ready pods before others: an older operator
 * must not manage a newer KubeVirt. As a sentence, why there is none.
 */
export function goodRevision(
  operator: Operator,
  kubevirts: readonly KubeVirt[] | null | undefined,
): ReplicaSet | string {
  const earlier = earlierRevisions(operator);
  if (earlier.length === 0) return 'there is no earlier revision: apply the manifest of the installed version';
  const installed = installedVersion(kubevirts);
  if (installed === null)
    return 'the version of KubeVirt that is installed is not known, so no revision is known to fit';
  const fitting = earlier.filter((one) => versionOf(one) === installed);
  const [good] = [...fitting.filter(hasReadyPods), ...fitting];
  return good ?? `no earlier revision runs KubeVirt ${installed}, which is installed`;
}

/** Whether pods of that revision are ready now. */
export function hasReadyPods({ status }: ReplicaSet): boolean {
  return (status?.readyReplicas ?? 0) > 0;
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
