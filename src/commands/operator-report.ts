import { type Diagnosis, diagnose } from '../diagnosis/diagnose.ts';
import { valueOf } from '../diagnosis/evaluate.ts';
import type { Evidence } from '../model/evidence.ts';
import type { OperatorReport } from '../model/report.ts';
import { kubevirtVersion } from '../objects/installation.ts';
import { nameOf } from '../objects/reference.ts';
import { rules } from '../rules/index.ts';

/** The published document, from evidence. */
export function operatorReport(evidence: Evidence): OperatorReport {
  const diagnosis = diagnose(evidence, rules);
  const { verdict, causes, findings, notChecked } = diagnosis;
  const runningVmis = valueOf(evidence, 'vmiCount') ?? null;
  return {
    apiVersion: 'virtop/v1',
    kind: 'OperatorReport',
    readAt: evidence.readAt,
    verdict,
    causes,
    findings,
    notChecked,
    alerts: [],
    operator: operatorPart(evidence, diagnosis),
    impact: { summary: '', runningVmis, stalled: [] },
    cluster: { ...evidence.cluster, version: valueOf(evidence, 'version')?.gitVersion ?? null },
  };
}

function operatorPart(evidence: Evidence, { operator, lease }: Diagnosis): OperatorReport['operator'] {
  const podsKnown = valueOf(evidence, 'pods') !== undefined;
  const deployment = valueOf(evidence, 'deployment');
  const kubevirts = valueOf(evidence, 'kubevirts');
  return {
    namespace: evidence.namespace,
    name: deployment ? nameOf(deployment) : null,
    foundBy: evidence.foundBy,
    version: kubevirtVersion({ deployment, kubevirts }),
    desired: operator.desired,
    ready: podsKnown ? operator.ready.length : null,
    running: podsKnown ? operator.pods.filter((pod) => pod.status?.phase === 'Running').length : null,
    leader: lease?.holder ? { holder: lease.holder, renewTime: lease.renewTime, alive: lease.alive } : null,
  };
}
