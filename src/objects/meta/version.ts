/** Whether a version such as `v1.8.4-beta.0` is at least another; null when it cannot be read. Suffixes do not count. */
export function isAtLeast(version: string | null, least: string): boolean | null {
  const [own, other] = [numbers(version), numbers(least)];
  if (!own || !other) return null;
  const index = own.findIndex((part, at) => part !== other[at]);
  return index < 0 || (own[index] ?? 0) > (other[index] ?? 0);
}

function numbers(version: string | null): number[] | null {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version ?? '');
  return match ? match.slice(1, 4).map(Number) : null;
}
