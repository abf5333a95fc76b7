import type { Output } from '../model/line.ts';
import { escapeQuoted } from './document.ts';

/** Data as a JSON document in one line. */
export function jsonLine(data: object): Output {
  return { kind: 'document', text: `${escapeQuoted(JSON.stringify(data))}\n` };
}

/** Data as a JSON document. */
export function jsonDocument(data: object): Output {
  return { kind: 'document', text: `${escapeQuoted(JSON.stringify(data, null, 2))}\n` };
}
