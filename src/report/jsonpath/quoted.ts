import { UserError } from '../../model/errors.ts';

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|.)/gsu;
const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** The text between quotes, with the escapes of a Go string (strconv.UnquoteChar). */
export function unquote(inner: string, quote: string): string {
  return inner.replace(ESCAPE, (sequence, ...codes: (string | undefined)[]) => {
    const character = sequence === `\\${quote}` ? quote : (SIMPLE[sequence.slice(1)] ?? numbered(codes.slice(0, 4)));
    if (character === null) throw new UserError(`unquote string ${quote}${inner}${quote} error invalid syntax`);
    return character;
  });
}

/** The character of that number: three times hexadecimal, once octal. */
function numbered([hex, short, long, octal]: (string | undefined)[]): string | null {
  const digits = hex ?? short ?? long;
  const code = digits === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(digits, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
