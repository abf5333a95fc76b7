import { UNSAFE } from '../model/unsafe.ts';

/** It begins where spaces begin: else a long run of them would be looked at from each of its places. */
const BREAK = /(?<![ \t])[ \t]*[\n\t]\s*/g;
const NOT_ASCII = /[^\0-\x7f]/gu;

/** Makes text from a cluster one harmless line: `^[` for ESC, `\u202e` for what is invisible; line breaks and tabs become a space. */
export function escapeText(text: string): string {
  return text.replace(BREAK, ' ').replace(UNSAFE, visible);
}

/** Escapes what a terminal without UTF-8 cannot show. */
export function toAscii(text: string): string {
  return text.replace(NOT_ASCII, visible);
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
  const hex = code.toString(16);
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
