import type { Output } from '../model/line.ts';
import type { OperatorReport } from '../model/report.ts';
import { resourceName } from '../objects/meta/resource-name.ts';
import { oneLine } from './document.ts';

/** The objects at fault, one per line, as `kubectl -o name` writes them; nothing where there is no cause. */
export function name({ causes }: OperatorReport): Output {
  const names = causes.flatMap(({ object }) => resourceName(object) ?? []);
  return { kind: 'document', text: [...new Set(names)].map((one) => `${oneLine(one)}\n`).join('') };
}
