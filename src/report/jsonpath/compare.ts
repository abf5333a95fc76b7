import { UserError } from '../../model/errors.ts';

/** Compares two values as kubectl does: only text, numbers and truth values, and only with their like. */
export function compare(left: unknown, operator: string, right: unknown): boolean {
  if (!isComparable(left) || !isComparable(right)) throw new UserError('invalid type for comparison');
  if (typeof left !== typeof right) throw new UserError('incompatible types for comparison');
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (typeof left === 'boolean') throw new UserError('invalid type for comparison');
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return operator === '<=' ? left <= right : left >= right;
}

function isComparable(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
