import type { EvidenceItem } from '../../model/finding.ts';
import type { Pod, ServiceAccount } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';

/** Kubernetes 1.36 plugin/pkg/admission/serviceaccount/admission.go DefaultAPITokenMountPath, shouldAutomount. */
const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

export interface NoToken extends EvidenceItem {
  /** Whether the pod says so, or the ServiceAccount for it. */
  by: 'pod' | 'serviceaccount';
}

/** What keeps the token of its ServiceAccount out of a pod; null when nothing does, or a volume brings it all the same. */
export function noToken(pod: Pod, serviceAccount: ServiceAccount | null | undefined): NoToken | null {
  const mounts = list(pod.spec?.containers).flatMap((one) => list(one.volumeMounts));
  const own = pod.spec?.automountServiceAccountToken;
  if (own === true || mounts.some(({ mountPath }) => mountPath?.startsWith(MOUNT_PATH))) return null;
  if (own === false)
    return {
      by: 'pod',
      text: 'automountServiceAccountToken is false, and no volume brings a token',
      source: `pod/${nameOf(pod)} spec`,
    };
  if (serviceAccount?.automountServiceAccountToken !== false) return null;
  return {
    by: 'serviceaccount',
    text: 'automountServiceAccountToken is false, and no volume brings a token',
    source: `serviceaccount/${nameOf(serviceAccount)}`,
  };
}
