import { escapeQuoted } from './document.ts';
import type { Renderer } from './view.ts';

/** The published document as JSON. */
export const json: Renderer = ({ report }) => ({
  kind: 'document',
  text: `${escapeQuoted(JSON.stringify(report, null, 2))}\n`,
});
