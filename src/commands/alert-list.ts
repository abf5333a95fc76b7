import { alertsOf } from '../alerts/alerts.ts';
import type { AlertList } from '../model/alert-list.ts';
import type { View } from '../report/view.ts';
import { alertInput } from './alert-input.ts';

/** The document of `alerts`. */
export function alertList({ report, evidence }: View): AlertList {
  const { readAt, verdict, operator, cluster } = report;
  const input = alertInput(evidence, {
    isInstalled: verdict !== 'notInstalled',
    version: operator.version,
    causeSince: report.causes[0]?.since ?? null,
  });
  return {
    apiVersion: 'virtop/v1',
    kind: 'AlertList',
    readAt,
    verdict,
    ...alertsOf(input),
    operator: { namespace: operator.namespace, version: operator.version },
    cluster,
  };
}
