type Fields = Record<string, unknown>;

/** The first line of a log that matches, as `saidIn` reads it. */
export function logLine(log: string, pattern: RegExp): string | null {
  const line = log.split('\n').find((one) => pattern.test(one) || pattern.test(saidIn(one)));
  return line === undefined ? null : saidIn(line);
}

/**
 * What a line of virt-operator's log says. It logs JSON lines, klog lines and plain Go text side by side; of a JSON line, and of a klog
 * line that names its error apart, what it says and why counts (KubeVirt v1.9 staging/src/kubevirt.io/client-go/log/log.go). What Go's own log package was given comes in two parts,
 * for the adapter takes all up to the first `:NUMBER` for the place that said it (go-kit log stdlib.go).
 */
export function saidIn(line: string): string {
  const { msg, reason, caller } = fieldsOf(line);
  if (msg === null && reason === null) return structured(line) ?? line.trim();
  const isPlace = caller === null || /\.go:\d+$/.test(caller);
  const glue = /^[/\]"]/.test(msg ?? '') ? '' : ': ';
  const said = [isPlace ? msg : `${caller}${glue}${msg ?? ''}`, reason].filter((text) => text !== null);
  return said
    .join(': ')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

/** klog v2 klogr/textlogger: `E1126 12:00:00.1 1 x.go:2] "what" err="why" more="…"`. */
function structured(line: string): string | null {
  const [, what, why] = /^\s*[IWEF]\d{4} [^\]]*\] ("(?:[^"\\]|\\.)*").*? err=("(?:[^"\\]|\\.)*")/.exec(line) ?? [];
  return what && why ? [what, why].map((text) => unescaped(text.slice(1, -1))).join(': ') : null;
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}

function fieldsOf(line: string): Record<'msg' | 'reason' | 'caller', string | null> {
  const fields = line.trimStart().startsWith('{') ? parsed(line) : {};
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : cutField(line, name));
  return { msg: text('msg'), reason: text('reason'), caller: text('caller') };
}

function parsed(line: string): Fields {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Fields) : {};
  } catch {
    return {};
  }
}

/** Of a line whose beginning or end is cut off. */
function cutField(line: string, name: string): string | null {
  const text = new RegExp(`"${name}":"((?:[^"\\\\]|\\\\.)*)"`).exec(line)?.[1];
  return text === undefined ? null : unescaped(text);
}
