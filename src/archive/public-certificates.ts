const CERTIFICATES = /^\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;
/** `-----BEGIN CERT` in base64, as every `caBundle` of certificates begins. */
const ENCODED = 'LS0tLS1CRUdJTiBDRVJU';

/** Whether a text is certificates and nothing else, PEM or PEM in base64. They are public; a key beside them makes it no longer so. */
export function isPublicCertificates(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const text = value.startsWith(ENCODED) ? Buffer.from(value, 'base64').toString('latin1') : value;
  return CERTIFICATES.test(text);
}
