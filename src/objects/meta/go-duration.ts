const SECONDS: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Go counts nanoseconds in 64 bits. */
const MOST = 2 ** 63 / 1e9;

/** Seconds of a duration as Go writes it (`168h0m0s`, `1.5h`), or null when it is none or not positive (Go 1.26 time.ParseDuration). */
export function goDuration(text: string | null | undefined): number | null {
  if (typeof text !== 'string' || !/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return null;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  const sum = parts.reduce((total, [, amount, unit]) => total + Number(amount) * (SECONDS[unit ?? ''] ?? 0), 0);
  return sum > 0 && sum < MOST ? sum : null;
}
