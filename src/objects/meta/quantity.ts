const SUFFIXES: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity (`450Mi`, `10m`, `1e3`) as a number, or null when it is none (apimachinery pkg/api/resource/quantity.go). */
export function quantity(text: string | number | null | undefined): number | null {
  if (typeof text === 'number') return Number.isFinite(text) ? text : null;
  if (typeof text !== 'string') return null;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]|[KMGTPE]i)?$/.exec(text.trim());
  const factor = SUFFIXES[match?.[2] ?? ''];
  return match && factor !== undefined ? Number(match[1]) * factor : null;
}

/** Whether an amount is greater than another: sums of fractions such as 0.1 + 0.2 are off by far less than a millionth. */
export function isMore(value: number, than: number): boolean {
  return value - than > 1e-6;
}

/** An amount of a resource as a person would write it: memory and storage in bytes, processors in thousandths unless they are whole, the rest as a plain number. */
export function amount(resource: string, value: number): string {
  if (/memory|storage/.test(resource)) return bytes(value);
  const thousandths = Math.round(value * 1000);
  return /cpu$/.test(resource) && thousandths % 1000 !== 0 ? `${thousandths}m` : `${thousandths / 1000}`;
}

/** Bytes in the unit a person would have written: `450Mi`, `1.5Gi`. */
function bytes(value: number): string {
  const unit = (['Ti', 'Gi', 'Mi', 'Ki'] as const).find((one) => Math.abs(value) >= (SUFFIXES[one] ?? 1));
  return unit ? `${Math.round((value / (SUFFIXES[unit] ?? 1)) * 10) / 10}${unit}` : `${Math.round(value)}`;
}
