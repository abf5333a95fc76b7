import type { Line } from '../../model/line.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { readValue, whyNothing } from '../read.ts';
import { FOUND_BY } from '../section.ts';
import type { View } from '../view.ts';
import { conditionTable } from './conditions.ts';
import { fields } from './field.ts';
import { isWanted, type Subject } from './subject.ts';

/** The operator's namespace. */
export function namespaceSection({ evidence }: View, subject: Subject | null): Line[] {
  const namespace = readValue(evidence.reads.namespace);
  const name = namespace ? nameOf(namespace) : (evidence.namespace ?? '');
  if (!isWanted(subject, 'Namespace', name)) return [];
  const found = evidence.foundBy ? ` (${FOUND_BY[evidence.foundBy]})` : '';
  if (!namespace) return fields([['Namespace', `${name}${found} ${whyNothing(evidence.reads.namespace)}`.trim()]]);
  const terminating = !!namespace.metadata?.deletionTimestamp;
  const security = namespace.metadata?.labels?.['pod-security.kubernetes.io/enforce'];
  return [
    ...fields([['Namespace', `${name}${found}`]]),
    ...fields(
      [
        ['Status', terminating ? 'Terminating' : (namespace.status?.phase ?? 'Active')],
        ...(security ? [['Pod Security', `enforce ${security}`] as const] : []),
      ],
      1,
    ),
    ...(terminating ? conditionTable(namespace.status?.conditions) : []),
  ];
}
