import { UNSAFE } from '../model/unsafe.ts';

/** Writes unsafe characters inside quoted strings as `\u` escapes, which JSON and double-quoted YAML read back as the same data. */
export function escapeQuoted(text: string): string {
  return text.replace(UNSAFE, (character) => (character === '\n' ? character : codeUnits(character)));
}

/** Writes unsafe characters of a plain text as `\u` escapes; line breaks and tabs stay. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, (character) => (/[\n\t]/.test(character) ? character : codeUnits(character)));
}

/** Text as one line without unsafe characters. */
export function oneLine(text: string): string {
  return escapeText(text.replace(/\s*[\n\r\t]\s*/g, ' '));
}

function codeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
