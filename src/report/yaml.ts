import { Document, Scalar, visit } from 'yaml';
import { UNSAFE } from '../model/unsafe.ts';
import { escapeQuoted } from './document.ts';
import type { Renderer } from './view.ts';

/** The published document as YAML: the same data as JSON, also for readers of YAML 1.1, who take bare times and `no` for something else. */
export const yaml: Renderer = ({ report }) => {
  const document = new Document(report, { aliasDuplicateObjects: false, version: '1.1' });
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && isUnsafe(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return {
    kind: 'document',
    text: escapeQuoted(document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })),
  };
};

/** Line breaks alone make a readable block. */
function isUnsafe(text: string): boolean {
  return text.replaceAll('\n', '').search(UNSAFE) >= 0;
}
