import { alertsOf } from '../alerts/alerts.ts';
import { accessCause } from '../diagnosis/access/causes.ts';
import { impactOf } from '../impact/impact.ts';
import type { AccessError } from '../model/errors.ts';
import type { OperatorReport } from '../model/report.ts';
import { redact } from '../objects/meta/redact.ts';
import { operatorOf } from '../objects/operator/operator.ts';

/** The published document where there is no answer at all: why, as its only cause, and everything else unknown. */
export function accessReport(error: AccessError, readAt: string): OperatorReport {
  const { code, severity, commands } = accessCause(error.code);
  const operator = operatorOf({});
  const cluster = error.cluster ?? { context: null, server: null, user: null };
  const said = redact(error.message);
  return {
    apiVersion: 'virtop/v1',
    kind: 'OperatorReport',
    readAt,
    verdict: 'incomplete',
    causes: [
      {
        code,
        severity,
        confidence: 'certain',
        title: said.split('; ')[0] ?? said,
        since: null,
        object: { kind: 'Cluster', namespace: null, name: cluster.server ?? '<unknown>' },
        evidence: [
          { text: said, source: cluster.context === null ? 'kubeconfig and flags' : `context ${cluster.context}` },
        ],
        consequences: [],
        mitigation: { action: 'restore-access', automatic: false, command: commands[0] ?? '' },
      },
    ],
    findings: [],
    notChecked: [{ what: 'everything', why: said, needs: null }],
    alerts: alertsOf({
      isInstalled: true,
      operator,
      namespace: null,
      pods: null,
      nodes: null,
      lease: null,
      version: null,
      causeSince: null,
      monitoring: {},
      readAt,
    }).items.map(({ name }) => ({ name, state: 'unknown' as const, since: null, falsePositive: false })),
    operator: {
      namespace: null,
      name: null,
      foundBy: null,
      version: null,
      desired: null,
      ready: null,
      running: null,
      leader: null,
    },
    impact: impactOf('incomplete', operator, { vmis: null, components: [], certificates: null, isUnserved: false }),
    cluster: { ...cluster, version: null },
  };
}
