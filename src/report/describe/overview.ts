import { blank, type Line } from '../../model/line.ts';
import type { OperatorReport } from '../../model/report.ts';
import { headline } from '../headline.ts';
import type { View } from '../view.ts';
import { type Field, fields, fullTime } from './field.ts';

/** The verdict, and which operator of which cluster it is about. */
export function overview({ report }: View): Line[] {
  return [
    headline(report),
    blank,
    ...fields([
      ['Read At', fullTime(report.readAt)],
      ...source(report),
      ['Kubernetes', report.cluster.version ?? '<unknown>'],
      ['KubeVirt', report.operator.version ?? '<unknown>'],
    ]),
  ];
}

function source({ cluster }: OperatorReport): Field[] {
  if (cluster.server === null) return [['Source', 'saved objects']];
  return [
    ['Context', cluster.context ?? '<none>'],
    ['Server', cluster.server],
    ['User', cluster.user ?? '<none>'],
  ];
}
