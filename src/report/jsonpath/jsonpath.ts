import { EXIT, UserError } from '../../model/errors.ts';
import type { Output } from '../../model/line.ts';
import { escapeText } from '../document.ts';
import { evaluate } from './evaluate.ts';
import { parseTemplate } from './parse.ts';
import type { Part } from './template.ts';

/** What kubectl's jsonpath template makes of a document. Throws a UserError that says what is wrong with the template. */
export function jsonPathDocument(data: object, template: string): Output {
  const parts = readTemplate(template);
  try {
    return { kind: 'document', text: textOf(parts, data) };
  } catch (error) {
    throw asUserError(error, `error executing jsonpath ${JSON.stringify(template)}`, EXIT.noAnswer);
  }
}

/** Throws a UserError when a template cannot be read. */
export function readTemplate(template: string): Part[] {
  try {
    return parseTemplate(template);
  } catch (error) {
    throw asUserError(error, `error parsing jsonpath ${template}`, EXIT.usage);
  }
}

function asUserError(error: unknown, where: string, code: number): unknown {
  return error instanceof UserError ? new UserError(`${where}: ${error.message}`, code) : error;
}

function textOf(parts: readonly Part[], data: unknown): string {
  return parts.map((part) => partText(part, data)).join('');
}

function partText(part: Part, data: unknown): string {
  if (part.kind === 'text') return part.text;
  const found = evaluate(part.steps, [data]);
  if (part.kind === 'range') {
    const texts = found.map((one) => textOf(part.body, one)).join('');
    // kubectl takes what follows a range that does not end once more, for the whole document.
    return part.isClosed ? texts : texts + textOf(part.body, data);
  }
  return part.steps.at(-1)?.kind === 'literal' ? found.join(' ') : found.map(printed).join(' ');
}

/** A value as kubectl prints it: objects and lists as compact JSON, text without quotes. */
function printed(value: unknown): string {
  if (typeof value === 'string') return escapeText(value);
  return typeof value === 'object' ? escapeText(goJson(value)) : String(value);
}

/** JSON as Go's json.Marshal writes it: keys in order, and what HTML would take for its own escaped. */
function goJson(value: unknown): string {
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
  return text.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
