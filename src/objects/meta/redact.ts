const CAP = 2000;
const HIDDEN = '<redacted>';

/** Lines of a log are cut at this length. */
const LINE_CAP = 4096;
/** A key may take several lines. */
const PEM = /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g;

/** Patterns of secrets in messages and logs, also within JSON within JSON; what stands before the secret is kept. Image digests are none. */
const SECRETS: readonly [RegExp, string][] = [
  [PEM, HIDDEN],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, HIDDEN],
  [/(:\/\/)[^/\s:@]+:[^/\s@]+@/g, `$1${HIDDEN}@`],
  [
    /((?:password|passwd|token|secret|(?:api|access|private)_?key|authorization)\\?["']?\s*[=:]\s*)(?:\\?"[^"\\]*|'[^']*|[^\s"',;&\\]{3,})/gi,
    `$1${HIDDEN}`,
  ],
  [/(?<![\w-])(--[\w-]*(?:password|token|secret)\s+)[^\s"']{3,}/gi, `$1${HIDDEN}`],
  [/\bAKIA[0-9A-Z]{16}\b/g, HIDDEN],
  [/(\\?"auth\\?"\s*:\s*\\?")[^"\\]+/g, `$1${HIDDEN}`],
  [/(?<!sha\d{3}:)\b[A-Za-z0-9+/]{60,}={0,2}(?!\w)/g, HIDDEN],
];

/** Text from a cluster without what looks like a secret, at most 2,000 characters long. Redacts before it cuts. */
export function redact(text: string): string {
  const clean = hide(String(text).slice(0, CAP * 10));
  return clean.length > CAP ? `${clean.slice(0, CAP)}… (+${text.length - CAP} characters)` : clean;
}

/** A log without what looks like a secret, line by line, so that a long one costs no more time than its length; long lines are cut. */
export function redactLog(text: string): string {
  const lines = text.replace(PEM, HIDDEN).split('\n');
  return lines.map((line) => hide(line.slice(0, LINE_CAP * 2)).slice(0, LINE_CAP)).join('\n');
}

const KEY_BEGINS = /-----BEGIN [A-Z ]+-----(?![\s\S]*-----END )/;
/** The lines of a key: base64, and what may stand above it (RFC 1421). */
const OF_KEY = /^[\w+/=\s:,.-]*$/;
const LONGEST_KEY = 200;

/**
 * The next line of a log that comes line by line, without what looks like a secret; null for one that belongs to a key which began before.
 * `hidden` is how many lines of such a key there were so far, 0 where none has begun: give it back with the line after.
 */
export function redactNext(line: string, hidden: number): { text: string | null; hidden: number } {
  if (hidden > 0 && hidden < LONGEST_KEY && OF_KEY.test(line)) {
    return { text: null, hidden: line.includes('-----END ') ? 0 : hidden + 1 };
  }
  const text = redactLog(line);
  return { text: line.length > LINE_CAP ? `${text}…` : text, hidden: KEY_BEGINS.test(line) ? 1 : 0 };
}

function hide(text: string): string {
  return SECRETS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
