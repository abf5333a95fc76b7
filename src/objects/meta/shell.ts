type Value = string | number | null | undefined;

/**
 * A command line whose values a shell takes as they are, whatever a cluster put into them; each of several becomes a word of its own.
 * A value cannot become a flag either.
 */
export function shell(parts: TemplateStringsArray, ...values: (Value | readonly Value[])[]): string {
  return parts.reduce((line, part, index) => `${line}${words(values[index - 1])}${part}`);
}

function words(value: Value | readonly Value[]): string {
  return typeof value === 'object' && value !== null ? value.map(quoted).join(' ') : quoted(value);
}

function quoted(value: Value): string {
  const text = String(value ?? '')
    .replace(/^-+/, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return /^[\w./:@%+,=-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
