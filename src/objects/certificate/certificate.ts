import { X509Certificate } from 'node:crypto';

/** What a public certificate says of itself. Times are RFC 3339. */
export interface Certificate {
  /** The common name, such as `kubevirt.io@1795692917`. */
  name: string;
  fingerprint: string;
  notBefore: string;
  notAfter: string;
}

/** KubeVirt keeps 50 at most (KubeVirt v1.7.0 components/secrets.go maxCertificatesInBundle). */
const MOST = 50;
const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of a bundle, PEM or (as in a `caBundle`) PEM in base64. What cannot be read is left out: it never throws. */
export function certificatesOf(bundle: string | null | undefined): Certificate[] {
  if (typeof bundle !== 'string') return [];
  const pem = bundle.includes('-----BEGIN') ? bundle : Buffer.from(bundle, 'base64').toString('latin1');
  return (pem.match(BLOCK) ?? []).slice(0, MOST).flatMap(parse);
}

/** Whether none of them is valid any more. */
export function allExpired(certificates: readonly Certificate[], readAt: string): boolean {
  return certificates.length > 0 && certificates.every((one) => Date.parse(one.notAfter) < Date.parse(readAt));
}

function parse(pem: string): Certificate[] {
  try {
    const { subject, fingerprint256, validFromDate, validToDate } = new X509Certificate(pem);
    const name = /(?:^|\n)CN=(.*)/.exec(subject ?? '')?.[1] ?? '<unnamed>';
    return [{ name, fingerprint: fingerprint256, notBefore: time(validFromDate), notAfter: time(validToDate) }];
  } catch {
    return [];
  }
}

function time(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}
