import { UserError } from '../../model/errors.ts';
import { compare } from './compare.ts';
import type { Step } from './template.ts';

/**
 * What a path finds, as kubectl finds it where missing keys are allowed (client-go v0.36 util/jsonpath/jsonpath.go), but for two of
 * its faults: an empty list there hides what the next ones hold, and `[?(@.list[0])]` finds one in it. Throws a UserError.
 */
export function evaluate(steps: readonly Step[], input: readonly unknown[]): unknown[] {
  return steps.reduce<unknown[]>((values, step) => take(step, values), [...input]);
}

function take(step: Step, values: readonly unknown[]): unknown[] {
  switch (step.kind) {
    case 'literal':
      return [step.value];
    case 'field':
      return values.flatMap((value) => fieldOf(value, step.name));
    case 'wildcard':
      return values.flatMap(childrenOf);
    case 'recursive':
      return values.flatMap(descend);
    case 'slice':
      return values.flatMap((value) => (value === null ? [] : sliceOf(step, listIn(value))));
    case 'union':
      return step.branches.flatMap((branch) => evaluate(branch, values));
    case 'filter':
      return values.flatMap((value) => listIn(value, ' and cannot be filtered').filter((one) => passes(step, one)));
    default:
      throw new UserError(`unrecognized identifier ${step.name}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldOf(value: unknown, name: string): unknown[] {
  return isObject(value) && Object.hasOwn(value, name) ? [value[name]] : [];
}

function childrenOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

/** Everything with something in it, each before what it holds. */
function descend(value: unknown): unknown[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  const children = childrenOf(value);
  return children.length === 0 ? [] : [value, ...children.flatMap(descend)];
}

function listIn(value: unknown, remark = ''): unknown[] {
  if (Array.isArray(value)) return value;
  throw new UserError(`${isObject(value) ? 'an object' : JSON.stringify(value)} is not array or slice${remark}`);
}

function sliceOf(step: Extract<Step, { kind: 'slice' }>, list: readonly unknown[]): unknown[] {
  const { length } = list;
  const first = step.start ?? 0;
  const last = step.end ?? length;
  const start = first < 0 ? first + length : first;
  const end = last < 0 || (last === 0 && step.single) ? last + length : last;
  if (start === end) return [];
  checkBounds(start, end, length);
  const every = step.step ?? 1;
  if (every <= 0) throw new UserError('step must be > 0');
  return list.slice(start, end).filter((_, index) => index % every === 0);
}

function checkBounds(start: number, end: number, length: number): void {
  const outside = [start, end - 1].find((one) => one >= length || one < 0);
  if (outside !== undefined) throw new UserError(`array index out of bounds: index ${outside}, length ${length}`);
  if (start > end) throw new UserError(`starting index ${start} is greater than ending index ${end}`);
}

function passes({ left, operator, right }: Extract<Step, { kind: 'filter' }>, one: unknown): boolean {
  if (operator === 'exists') return exists(left, one);
  const lefts = evaluate(left, [one]);
  if (lefts.length === 0) return false;
  const rights = evaluate(right, [one]);
  if (lefts.length > 1 || rights.length > 1) throw new UserError('can only compare one element at a time');
  return rights.length > 0 && compare(lefts[0], operator, rights[0]);
}

function exists(path: readonly Step[], one: unknown): boolean {
  try {
    return evaluate(path, [one]).length > 0;
  } catch {
    return false;
  }
}
