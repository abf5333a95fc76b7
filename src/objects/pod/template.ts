import type { PodTemplate } from '../../model/kubernetes.ts';

const HASH_LABEL = 'pod-template-hash';

/**
 * Whether a ReplicaSet's pod template is the Deployment's, the hash label aside
 * (Kubernetes 1.36 pkg/controller/deployment/util/deployment_util.go EqualIgnoreHash).
 */
export function sameTemplate(a: PodTemplate | null | undefined, b: PodTemplate | null | undefined): boolean {
  return !!a && !!b && canonical(a) === canonical(b);
}

/** Every rule compares the same few templates, and writing one out takes about a millisecond: each is written once. */
const written = new WeakMap<PodTemplate, string>();

function canonical(template: PodTemplate): string {
  const known = written.get(template);
  if (known !== undefined) return known;
  const text = JSON.stringify(template, (key, inner: unknown) => {
    if (key === HASH_LABEL || inner === null) return undefined;
    return isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1))) : inner;
  });
  if (isRecord(template)) written.set(template, text);
  return text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
