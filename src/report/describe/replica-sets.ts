import type { ReplicaSet } from '../../model/kubernetes.ts';
import type { Line } from '../../model/line.ts';
import { condition } from '../../objects/meta/condition.ts';
import { age } from '../../objects/meta/human-duration.ts';
import { list } from '../../objects/meta/list.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { millis } from '../../objects/meta/time.ts';
import { readValue, whyNothing } from '../read.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { below, fields, heading } from './field.ts';
import { isWanted, type Subject } from './subject.ts';

/** The ReplicaSets, newest first; those without pods too, since they say what ran before. */
export function replicaSetSection({ evidence }: View, subject: Subject | null): Line[] {
  const all = readValue(evidence.reads.replicaSets);
  const wanted = list(all).filter((one) => isWanted(subject, 'ReplicaSet', nameOf(one)));
  if (wanted.length === 0) return subject ? [] : fields([['ReplicaSets', whyNothing(evidence.reads.replicaSets)]]);
  const newest = wanted.toSorted((a, b) => created(b) - created(a));
  const rows = newest.map((one) => [
    nameOf(one),
    `${one.spec?.replicas ?? 0}`,
    `${one.status?.replicas ?? 0}`,
    `${one.status?.readyReplicas ?? 0}`,
    age(evidence.readAt, one.metadata?.creationTimestamp),
    one.metadata?.annotations?.['deployment.kubernetes.io/revision'] ?? '<none>',
  ]);
  return [
    heading('ReplicaSets'),
    ...table(['NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE', 'REVISION'], rows, '  '),
    ...newest.flatMap(failure),
  ];
}

function failure(replicaSet: ReplicaSet): Line[] {
  const failed = condition(replicaSet.status?.conditions, 'ReplicaFailure');
  if (failed?.status !== 'True') return [];
  return [below(`${nameOf(replicaSet)} ${failed.reason ?? 'ReplicaFailure'}: ${failed.message ?? ''}`)];
}

function created(replicaSet: ReplicaSet): number {
  return millis(replicaSet.metadata?.creationTimestamp) ?? 0;
}
