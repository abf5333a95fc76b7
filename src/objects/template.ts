import type { PodTemplate } from '../model/kubernetes.ts';

const HASH_LABEL = 'pod-template-hash';

/**
 * Whether a ReplicaSet's pod template is the Deployment's, the hash label aside
 * (Kubernetes 1.36 pkg/controller/deployment/util/deployment_util.go EqualIgnoreHash).
 */
export function sameTemplate(a: PodTemplate | null | undefined, b: PodTemplate | null | undefined): boolean {
  return !!a && !!b && canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === HASH_LABEL || inner === null) return undefined;
    return isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1))) : inner;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
