import type { ConfigMap, KubeVirt } from '../../model/kubernetes.ts';
import type { CertificateClock } from '../../model/report.ts';
import { list } from '../meta/list.ts';
import { millis } from '../meta/time.ts';
import type { LeaseState } from '../operator/lease.ts';
import { type Certificate, certificatesOf } from './certificate.ts';
import { rotationOf } from './certificate-rotation.ts';

/** What the clock is read from; `undefined`: it could not be read. */
export interface ClockParts {
  readonly certificateAuthority?: ConfigMap | null | undefined;
  readonly kubevirts?: readonly KubeVirt[] | null | undefined;
  /** null when the lease could not be read. */
  readonly lease: LeaseState | null;
  readonly readAt: string;
}

const LEAVES = 'the certificates of virt-api, virt-controller and virt-handler';
const AUTHORITY = "KubeVirt's certificate authority";

/**
 * Until when certificates last while no operator renews them. Their own ends are in Secrets, which are not read, but follow within
 * bounds: a leader renews each of them `renewBefore` its end at the latest, and all at once when it makes a new authority
 * (KubeVirt v1.7.0 pkg/virt-operator/resource/generate/components/secrets.go NextRotationDeadline). null when nothing says when.
 */
export function certificateClock(parts: ClockParts): CertificateClock | null {
  const signing = signingAuthority(parts.certificateAuthority, parts.readAt);
  const authority = signing && { name: signing.name, notBefore: signing.notBefore, notAfter: signing.notAfter };
  const renewed = parts.lease?.alive ?? null;
  const first = renewed ? null : firstToExpire(parts, signing);
  if (!authority && !first) return null;
  return { renewed, until: first?.earliest ?? null, first, authority };
}

/** The certificate that signs now: KubeVirt puts it first (MergeCABundle in the same file); an expired one signs nothing. */
export function signingAuthority(configMap: ConfigMap | null | undefined, readAt: string): Certificate | null {
  const bundle = certificatesOf(configMap?.data?.['ca-bundle']);
  return bundle.find((one) => Date.parse(one.notAfter) >= Date.parse(readAt)) ?? bundle[0] ?? null;
}

function firstToExpire(parts: ClockParts, authority: Certificate | null): CertificateClock['first'] {
  const { kubevirts, lease, readAt } = parts;
  const [kubevirt] = list(kubevirts);
  const lastLed = millis(lease?.renewTime);
  if (!kubevirt || lease === null || parts.certificateAuthority === null) return null;
  if (lastLed === null && authority === null) return null;
  const { duration, renewBefore } = rotationOf(kubevirt).leaf;
  const [made, ends] = [millis(authority?.notBefore) ?? 0, millis(authority?.notAfter) ?? Number.POSITIVE_INFINITY];
  const led = Math.max(lastLed ?? 0, made);
  const earliest = Math.max(led + (lastLed === null ? duration : renewBefore) * 1000, made + duration * 1000);
  const latest = (lastLed === null ? (millis(readAt) ?? 0) : led) + duration * 1000;
  if (ends <= earliest) return { what: AUTHORITY, earliest: rfc3339(ends), latest: rfc3339(ends) };
  return { what: LEAVES, earliest: rfc3339(earliest), latest: rfc3339(Math.min(Math.max(latest, earliest), ends)) };
}

function rfc3339(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
