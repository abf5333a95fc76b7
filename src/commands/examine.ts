import { alertsOf } from '../alerts/alerts.ts';
import { type Diagnosis, diagnose } from '../diagnosis/diagnose.ts';
import { knownValue } from '../diagnosis/evaluate.ts';
import { impactOf } from '../impact/impact.ts';
import type { Evidence } from '../model/evidence.ts';
import type { OperatorReport } from '../model/report.ts';
import { kubevirtVersion } from '../objects/installation.ts';
import { rules } from '../rules/index.ts';

/** Everything there is to say about what was read: the published report. */
export function examine(evidence: Evidence): OperatorReport {
  const diagnosis = diagnose(evidence, rules);
  const { operator, lease, verdict, causes, findings, notChecked } = diagnosis;
  const pods = knownValue(evidence, 'pods');
  const version = kubevirtVersion({
    deployment: knownValue(evidence, 'deployment'),
    kubevirts: knownValue(evidence, 'kubevirts'),
    operatorWebhook: knownValue(evidence, 'operatorWebhook'),
  });
  return {
    apiVersion: 'virtop/v1',
    kind: 'OperatorReport',
    readAt: evidence.readAt,
    verdict,
    causes,
    findings,
    notChecked,
    alerts: alertsOf({ operator, pods: pods ?? null, lease, version, readAt: evidence.readAt }),
    operator: { ...operatorSection(diagnosis, evidence), version },
    impact: impactOf(verdict, operator, knownValue(evidence, 'vmiCount') ?? null),
    cluster: { ...evidence.cluster, version: knownValue(evidence, 'version')?.gitVersion ?? null },
  };
}

function operatorSection(
  { operator, lease }: Diagnosis,
  evidence: Evidence,
): Omit<OperatorReport['operator'], 'version'> {
  const counted = knownValue(evidence, 'pods') !== undefined;
  return {
    namespace: evidence.namespace,
    name: operator.deployment?.metadata?.name ?? null,
    foundBy: evidence.foundBy,
    desired: operator.desired,
    ready: counted ? operator.ready.length : null,
    running: counted ? operator.pods.filter((pod) => pod.status?.phase === 'Running').length : null,
    leader: lease?.holder ? { holder: lease.holder, renewTime: lease.renewTime, alive: lease.alive } : null,
  };
}
