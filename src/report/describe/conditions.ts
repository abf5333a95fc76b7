import type { Line } from '../../model/line.ts';
import { list } from '../../objects/list.ts';
import { redact } from '../../objects/redact.ts';
import { table } from '../table.ts';
import { heading } from './field.ts';

interface Condition {
  type?: string | null;
  status?: string | null;
  reason?: string | null;
  message?: string | null;
}

/** An object's conditions as a table. */
export function conditionTable(conditions: readonly (Condition | null)[] | null | undefined, level = 1): Line[] {
  const rows = list(conditions).map((one) => [
    one.type ?? '',
    one.status ?? '',
    one.reason || '<none>',
    redact(one.message ?? ''),
  ]);
  const indent = '  '.repeat(level);
  if (rows.length === 0) return [];
  return [heading('Conditions', level), ...table(['Type', 'Status', 'Reason', 'Message'], rows, `${indent}  `)];
}
