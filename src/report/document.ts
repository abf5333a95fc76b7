import { UNSAFE } from '../model/unsafe.ts';

/** Writes unsafe characters inside quoted strings as `\u` escapes, which JSON and double-quoted YAML read back as the same data. */
export function escapeQuoted(text: string): string {
  return text.replace(UNSAFE, (character) => (character === '\n' ? character : codeUnits(character)));
}

function codeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
