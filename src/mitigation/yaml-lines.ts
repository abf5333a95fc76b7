/** A plain value as lines of YAML, keys sorted as the API server sorts them; `indent` columns in. For people to read, not to parse. */
export function yamlLines(value: unknown, indent = 0): string[] {
  const space = ' '.repeat(indent);
  if (Array.isArray(value))
    return value.length === 0 ? [`${space}[]`] : value.flatMap((item) => listItem(item, indent));
  if (!isRecord(value)) return [`${space}${scalar(value)}`];
  const keys = Object.keys(value).filter((key) => value[key] !== undefined && value[key] !== null);
  if (keys.length === 0) return [`${space}{}`];
  return keys.sort().flatMap((key) => keyLines(key, value[key], indent));
}

/** A key with its value, on one line where that fits. */
export function keyLines(key: string, value: unknown, indent = 0): string[] {
  const space = ' '.repeat(indent);
  const isNested = (Array.isArray(value) && value.length > 0) || (isRecord(value) && Object.keys(value).length > 0);
  if (!isNested) return [`${space}${key}: ${yamlLines(value)[0]}`];
  return [`${space}${key}:`, ...yamlLines(value, Array.isArray(value) ? indent : indent + 2)];
}

function listItem(item: unknown, indent: number): string[] {
  const [first = '', ...rest] = yamlLines(item, indent + 2);
  return [`${' '.repeat(indent)}- ${first.trimStart()}`, ...rest];
}

/** Text that YAML would take for something else is quoted. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? '';
  const isPlain = /^[\w/.][\w./:@%+-]*$/.test(value) && Number.isNaN(Number(value));
  const isOther = /^(?:true|false|null|yes|no|on|off|y|n|\d{4}-\d\d-\d\d.*)$/i.test(value) || value.endsWith(':');
  return isPlain && !isOther ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
