import { blank, type Line } from '../../model/line.ts';
import { headline } from '../headline.ts';
import type { View } from '../view.ts';
import { fields, fullTime } from './field.ts';

/** The verdict, and which operator of which cluster it is about. */
export function overview({ report }: View): Line[] {
  const { operator, cluster } = report;
  return [
    headline(report),
    blank,
    ...fields([
      ['Read At', fullTime(report.readAt)],
      ['Context', cluster.context ?? '<none>'],
      ['Server', cluster.server ?? '<none>'],
      ['User', cluster.user ?? '<none>'],
      ['Kubernetes', cluster.version ?? '<unknown>'],
      ['KubeVirt', operator.version ?? '<unknown>'],
    ]),
  ];
}
