import type { Output } from '../model/line.ts';
import { escapeQuoted } from './document.ts';
import type { Renderer } from './view.ts';

/** Data as a JSON document. */
export function jsonDocument(data: object): Output {
  return { kind: 'document', text: `${escapeQuoted(JSON.stringify(data, null, 2))}\n` };
}

/** The published document as JSON. */
export const json: Renderer = ({ report }) => jsonDocument(report);
