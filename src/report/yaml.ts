import { Document, Scalar, visit } from 'yaml';
import type { Output } from '../model/line.ts';
import { UNSAFE } from '../model/unsafe.ts';
import { escapeQuoted } from './document.ts';

/** Data as YAML, also for readers of YAML 1.1, who take bare times and `no` for something else. */
export function yamlDocument(data: object): Output {
  const document = new Document(data, { aliasDuplicateObjects: false, version: '1.1' });
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && isUnsafe(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  const text = document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
  return { kind: 'document', text: escapeQuoted(text) };
}

/** Line breaks alone make a readable block. */
function isUnsafe(text: string): boolean {
  return text.replaceAll('\n', '').search(UNSAFE) >= 0;
}
