import type { Line } from '../../model/line.ts';
import { list } from '../../objects/meta/list.ts';
import { redact } from '../../objects/meta/redact.ts';
import { tableWithNotes } from '../table.ts';
import { heading } from './field.ts';

interface Condition {
  type?: string | null;
  status?: string | null;
  reason?: string | null;
  message?: string | null;
}

/** An object's conditions as a table. */
export function conditionTable(conditions: readonly (Condition | null)[] | null | undefined, level = 1): Line[] {
  const rows = list(conditions).map((one) => ({
    cells: [one.type ?? '', one.status ?? '', one.reason || '<none>'],
    note: redact(one.message ?? ''),
  }));
  if (rows.length === 0) return [];
  return [heading('Conditions', level), ...tableWithNotes(['Type', 'Status', 'Reason'], rows, '  '.repeat(level + 1))];
}
