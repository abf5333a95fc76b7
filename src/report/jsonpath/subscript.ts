import { UserError } from '../../model/errors.ts';
import type { Step } from './template.ts';

type Parsed = { steps: Step[]; end: number };
type ParsePath = (text: string) => Step[];

const KEY = /^'([^']*)'$/;
const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/;
const COMPARISON = /^([^!<>=]+)([!<>=]+)(.+?)$/s;
const OPERATORS = ['<', '>', '==', '!=', '<=', '>='];

/** `[0]`, `[1:3]`, `[*]`, `['key']`, or several of them with commas between. */
export function parseSubscript(text: string, at: number, parsePath: ParsePath): Parsed {
  const close = text.indexOf(']', at);
  const inner = text.slice(at + 1, close);
  if (close < 0 || inner.includes('\n')) throw new UserError('unterminated array');
  const members = inner.split(',');
  const end = close + 1;
  if (members.length === 1) return { steps: member(inner, parsePath), end };
  return { steps: [{ kind: 'union', branches: members.map((one) => member(one.trim(), parsePath)) }], end };
}

function member(text: string, parsePath: ParsePath): Step[] {
  const key = KEY.exec(text)?.[1];
  if (key !== undefined) return parsePath(`.${key}`);
  const [whole, first = '', second, third] = SLICE.exec(text === '*' ? ':' : text) ?? [];
  if (whole === undefined) throw new UserError(`invalid array index ${text}`);
  const start = numberIn(first);
  const isSingle = second === undefined;
  const last = isSingle ? (start ?? 0) + 1 : numberIn(second.slice(1));
  return [{ kind: 'slice', start, end: last, step: numberIn(third?.slice(1) ?? ''), single: isSingle }];
}

function numberIn(text: string): number | null {
  if (text === '') return null;
  const value = Number(text);
  if (!Number.isInteger(value)) throw new UserError(`array index ${text} is not a number`);
  return value;
}

/** `[?(@.a=="b")]`, or `[?(@.a)]` for those that have it. */
export function parseFilter(text: string, at: number, parsePath: ParsePath): Parsed {
  const close = closing(text, at + '[?('.length);
  if (text[close + 1] !== ']') throw new UserError('unclosed array expect ]');
  const inner = text.slice(at + '[?('.length, close);
  const [, left = '', operator = '', right = ''] = COMPARISON.exec(inner) ?? [];
  const end = close + 2;
  if (operator === '')
    return { steps: [{ kind: 'filter', left: parsePath(inner), operator: 'exists', right: [] }], end };
  if (!OPERATORS.includes(operator)) throw new UserError(`unrecognized filter operator ${operator}`);
  return { steps: [{ kind: 'filter', left: parsePath(left), operator, right: parsePath(right) }], end };
}

/** Up to the parenthesis that is not inside the one quoted text. */
const FILTER = /[^'"\n)]*(?:(["'])(?:(?!\1)[^\n]|(?<=\\)\1)*(?<!\\)\1[^\n)]*)?\)/y;

function closing(text: string, start: number): number {
  FILTER.lastIndex = start;
  const [found] = FILTER.exec(text) ?? [];
  if (found === undefined) throw new UserError('unterminated filter');
  return start + found.length - 1;
}
