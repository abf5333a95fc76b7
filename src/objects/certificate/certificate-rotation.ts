import type { KubeVirt, SelfSigned } from '../../model/kubernetes.ts';
import { goDuration } from '../meta/go-duration.ts';

/** How long KubeVirt's certificates live and how long before their end a leading virt-operator renews them, in seconds. */
export interface Rotation {
  authority: Lifetime;
  leaf: Lifetime;
}
interface Lifetime {
  duration: number;
  renewBefore: number;
}

const HOUR = 3600;
/** The share of its life before whose start a certificate is renewed. */
const LAST_PART = 0.2;

/** The lifetimes that a KubeVirt resource asks for (KubeVirt v1.7.0 pkg/virt-operator/resource/apply/certificates.go): 7 days and 24 hours unless it says otherwise. */
export function rotationOf(kubevirt: KubeVirt | null): Rotation {
  const asked: SelfSigned = kubevirt?.spec?.certificateRotateStrategy?.selfSigned ?? {};
  return {
    authority: lifetime(
      [asked.caRotateInterval, asked.ca?.duration],
      [asked.caOverlapInterval, asked.ca?.renewBefore],
      7 * 24 * HOUR,
    ),
    leaf: lifetime([asked.certRotateInterval, asked.server?.duration], [asked.server?.renewBefore], 24 * HOUR),
  };
}

type Texts = readonly (string | null | undefined)[];

function lifetime(durations: Texts, renewals: Texts, usual: number): Lifetime {
  const duration = first(durations) ?? usual;
  return { duration, renewBefore: Math.min(first(renewals) ?? duration * LAST_PART, duration) };
}

function first(texts: Texts): number | null {
  return texts.map(goDuration).find((seconds) => seconds !== null) ?? null;
}
