import { UserError } from '../../model/errors.ts';
import { nest } from './nest.ts';
import { unquote } from './quoted.ts';
import { parseFilter, parseSubscript } from './subscript.ts';
import type { Part, Step } from './template.ts';

/** Reads a template as kubectl does (client-go v0.36 util/jsonpath/parser.go): text, and actions in braces. Throws a UserError. */
export function parseTemplate(template: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{', at);
    if (open !== at) parts.push({ kind: 'text', text: template.slice(at, open < 0 ? undefined : open) });
    if (open < 0) break;
    const { steps, end } = parseSteps(template, open + 1, '}');
    parts.push({ kind: 'action', steps });
    at = end;
  }
  return nest(parts);
}

/** The path of a whole text, as it stands inside a filter. */
function parsePath(text: string): Step[] {
  return parseSteps(`${text}}`, 0, '}').steps;
}

const NAME_END = /[ \t\r\n.,[\]$@{}]/;
const WORD = /[\p{L}\p{Nd}_]/u;
const NUMBER = /[+-]?[\d.]*/y;

function parseSteps(text: string, start: number, close: string): { steps: Step[]; end: number } {
  const steps: Step[] = [];
  let at = start;
  while (text[at] !== close) {
    const next = parseStep(text, at, steps);
    steps.push(...next.steps);
    at = next.end;
  }
  return { steps, end: at + 1 };
}

interface Parsed {
  steps: Step[];
  end: number;
}

function parseStep(text: string, at: number, before: readonly Step[]): Parsed {
  const character = text[at] ?? '';
  if (text.startsWith('[?(', at)) return parseFilter(text, at, parsePath);
  if (text.startsWith('..', at)) return parseRecursive(text, at, before);
  if (/^[\r\n]?$/.test(character)) throw new UserError('unclosed action');
  if (/[ @$]/.test(character)) return { steps: [], end: at + 1 };
  if (character === '[') return parseSubscript(text, at, parsePath);
  if (/["']/.test(character)) return parseQuoted(text, at, character);
  if (character === '.') return parseField(text, at + 1);
  if (/[+\-\d]/.test(character)) return parseNumber(text, at);
  if (WORD.test(String.fromCodePoint(text.codePointAt(at) ?? 0))) return parseWord(text, at);
  throw new UserError(`unrecognized character in action: ${character}`);
}

function parseRecursive(text: string, at: number, before: readonly Step[]): Parsed {
  if (before.at(-1)?.kind === 'recursive') throw new UserError('invalid multiple recursive descent');
  const end = at + 2;
  if (!WORD.test(text[end] ?? '')) return { steps: [{ kind: 'recursive' }], end };
  const field = parseField(text, end);
  return { steps: [{ kind: 'recursive' }, ...field.steps], end: field.end };
}

function parseField(text: string, start: number): Parsed {
  let end = start;
  while (end < text.length && !NAME_END.test(text[end] ?? '')) end += text[end] === '\\' ? 2 : 1;
  const name = text.slice(start, end);
  const step: Step = name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') };
  return { steps: [step], end };
}

function parseQuoted(text: string, at: number, quote: string): Parsed {
  for (let end = at + 1; end < text.length && text[end] !== '\n'; end++) {
    if (text[end] !== quote || text[end - 1] === '\\') continue;
    return { steps: [{ kind: 'literal', value: unquote(text.slice(at + 1, end), quote) }], end: end + 1 };
  }
  throw new UserError('unterminated quoted string');
}

function parseNumber(text: string, at: number): Parsed {
  NUMBER.lastIndex = at;
  const [word = ''] = NUMBER.exec(text) ?? [];
  const value = Number(word);
  if (!/\d/.test(word) || Number.isNaN(value)) throw new UserError(`cannot parse number ${word}`);
  return { steps: [{ kind: 'literal', value }], end: at + word.length };
}

function parseWord(text: string, at: number): Parsed {
  let end = at;
  while (end < text.length && !NAME_END.test(text[end] ?? '')) end++;
  const name = text.slice(at, end);
  if (name === 'true' || name === 'false') return { steps: [{ kind: 'literal', value: name === 'true' }], end };
  return { steps: [{ kind: 'word', name }], end };
}
