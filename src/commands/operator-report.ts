import { alertsOf } from '../alerts/alerts.ts';
import { type Diagnosis, diagnose } from '../diagnosis/diagnose.ts';
import { knownValue } from '../diagnosis/evaluate.ts';
import { impactOf, type Touched } from '../impact/impact.ts';
import type { Evidence, ReadKey } from '../model/evidence.ts';
import type { OperatorReport } from '../model/report.ts';
import { certificateClock } from '../objects/certificate/certificate-clock.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { componentsOf } from '../objects/operator/component.ts';
import { kubevirtVersion } from '../objects/operator/installation.ts';
import { rules } from '../rules/index.ts';
import { alertInput } from './alert-input.ts';

/** The published document: what every room that looks at evidence concludes from it. */
export function operatorReport(evidence: Evidence): OperatorReport {
  const { readAt } = evidence;
  const diagnosis = diagnose(evidence, rules);
  const { verdict, causes, findings, notChecked, operator } = diagnosis;
  const about = operatorPart(evidence, diagnosis);
  return {
    apiVersion: 'virtop/v1',
    kind: 'OperatorReport',
    readAt,
    verdict,
    causes,
    findings,
    notChecked,
    ...(diagnosis.unexplained !== null && { unexplained: diagnosis.unexplained }),
    alerts: alertsOf(
      alertInput(evidence, {
        isInstalled: verdict !== 'notInstalled',
        version: about.version,
        causeSince: causes[0]?.since ?? null,
      }),
    ).items.map(({ name, state, since, falsePositive }) => ({ name, state, since, falsePositive })),
    operator: about,
    impact: impactOf(verdict, operator, touched(evidence, diagnosis)),
    cluster: { ...evidence.cluster, version: knownValue(evidence, 'version')?.gitVersion ?? null },
  };
}

function touched(evidence: Evidence, { causes, lease, verdict }: Diagnosis): Touched {
  const { readAt } = evidence;
  const known = <Key extends ReadKey>(key: Key) => knownValue(evidence, key);
  const isInstalled = verdict !== 'notInstalled';
  return {
    vmis: known('vmiCount') ?? null,
    components: isInstalled
      ? componentsOf({
          components: known('components'),
          virtHandler: known('virtHandler'),
          controllerManagerLease: known('controllerManagerLease'),
          readAt,
        })
      : [],
    certificates: certificateClock({
      certificateAuthority: known('certificateAuthority'),
      kubevirts: known('kubevirts'),
      lease,
      readAt,
    }),
    isUnserved: isInstalled && causes.some(({ object }) => object.kind === 'CustomResourceDefinition'),
  };
}

function operatorPart(evidence: Evidence, { operator, lease }: Diagnosis): OperatorReport['operator'] {
  const podsKnown = knownValue(evidence, 'pods') !== undefined;
  const deployment = knownValue(evidence, 'deployment');
  const kubevirts = knownValue(evidence, 'kubevirts');
  const operatorWebhook = knownValue(evidence, 'operatorWebhook');
  return {
    namespace: evidence.namespace,
    name: deployment ? nameOf(deployment) : null,
    foundBy: evidence.foundBy,
    version: kubevirtVersion({ deployment, kubevirts, operatorWebhook }),
    desired: operator.desired,
    ready: podsKnown ? operator.ready.length + operator.unread.ready : null,
    running: podsKnown
      ? operator.pods.filter((pod) => pod.status?.phase === 'Running').length + operator.unread.ready
      : null,
    leader: lease?.holder ? { holder: lease.holder, renewTime: lease.renewTime, alive: lease.alive } : null,
  };
}
