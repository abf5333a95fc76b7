import type { EvidenceItem, ObjectReference, Observation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { allExpired, certificatesOf } from '../objects/certificate/certificate.ts';
import { certificateClock, signingAuthority } from '../objects/certificate/certificate-clock.ts';
import { rotationOf } from '../objects/certificate/certificate-rotation.ts';
import { distrusts } from '../objects/certificate/trust.ts';
import { list } from '../objects/meta/list.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { type LeaseState, leaseText } from '../objects/operator/lease.ts';

/** A leader renews within seconds; its first sync after an election may take minutes. */
const PATIENCE_SECONDS = 3600;

export default defineRule({
  code: 'serving-cert-broken',
  rung: 'leader',
  order: 7,
  severity: 'warning',
  meaning:
    "KubeVirt's own certificates have expired, or the API server does not trust the authority that signs them. virt-operator renews and hands out both, at once when it runs.",
  impact:
    'VMs cannot be created, started, stopped or migrated, and the KubeVirt resource cannot be changed. VMs that run keep running.',
  evidence:
    "Certain: KubeVirt's certificate authority has expired by its own dates, or a caBundle does not hold the one that signs now. Likely: what it signed has expired by the times that KubeVirt renews at, and nobody led since. It is told beside the cause.",
  remedy:
    'Bring virt-operator back: it renews what has expired and mends every caBundle. Delete no certificate Secret while it is down. Where it leads and does not renew, read its log.',
  commands: [
    'kubectl -n NAMESPACE get configmap kubevirt-ca -o yaml',
    'kubectl get validatingwebhookconfiguration virt-operator-validator -o yaml',
    'kubectl -n NAMESPACE logs deployment/virt-operator --tail=100',
  ],
  related: ['no-leader', 'aggregated-api-down', 'kubevirt-cr-webhook-deadlock'],
  needs: ['certificateAuthority'],
  wants: ['operatorWebhook', 'webhooks', 'subresourcesApi', 'kubevirts', 'operatorLease', 'pods'],
  evaluate(seen) {
    const { certificateAuthority, readAt, kubevirts } = seen;
    const authority = signingAuthority(seen.certificateAuthority, readAt);
    if (!certificateAuthority || !authority) return [];
    const lease = seen.operatorLease === undefined ? null : leaderState(seen.operatorLease, seen.pods, readAt);
    const object = reference('ConfigMap', certificateAuthority);
    const source = `configmap/${object.name} data[ca-bundle]`;
    const ends: EvidenceItem = { text: `${authority.name} is valid until ${authority.notAfter}`, source };
    if (allExpired(certificatesOf(certificateAuthority.data?.['ca-bundle']), readAt)) {
      const title = "KubeVirt's certificate authority has expired, and with it all certificates that it signed";
      return [finding({ title, object, since: authority.notAfter, confidence: 'certain', evidence: [ends] })];
    }
    const distrust = distrusts([seen.operatorWebhook, ...list(seen.webhooks)], seen.subresourcesApi, authority);
    const [first] = distrust;
    const mismatch = first && {
      title: `${first.kind} ${reference(first.kind, first.object).name} does not trust KubeVirt's present certificate authority`,
      object: reference(first.kind, first.object),
      since: null,
      confidence: 'certain' as const,
      evidence: distrust.map((one) => ({
        text: one.text,
        source: `${one.kind.toLowerCase()}/${reference(one.kind, one.object).name} caBundle`,
      })),
    };
    const clock = certificateClock({ certificateAuthority, kubevirts, lease, readAt })?.first;
    const over = lease !== null && clock && (ageSeconds(readAt, clock.latest) ?? -1) >= 0;
    const expired = over && {
      title: "KubeVirt's certificates have expired: no virt-operator has renewed them",
      object,
      since: clock.latest,
      confidence: 'likely' as const,
      evidence: [{ text: leaseText(lease), source: 'lease/virt-operator' }, ends],
    };
    const late = isOverdue(lease, authority.notAfter, rotationOf(list(kubevirts)[0] ?? null).authority, readAt) && {
      title: 'virt-operator leads, and does not renew its certificate authority',
      object,
      since: null,
      confidence: 'likely' as const,
      evidence: [ends],
    };
    return [mismatch, expired, late].flatMap((one) => (one ? [finding(one)] : []));
  },
});

function isOverdue(
  lease: LeaseState | null,
  notAfter: string,
  { renewBefore }: { renewBefore: number },
  readAt: string,
) {
  const left = ageSeconds(notAfter, readAt);
  return lease?.alive === true && left !== null && left < renewBefore - PATIENCE_SECONDS;
}

function finding(seen: Omit<Observation, 'explains' | 'mitigation'> & { object: ObjectReference }): Observation {
  const where = seen.object.namespace === null ? 'kubectl' : shell`kubectl -n ${seen.object.namespace}`;
  const command = `${where} ${shell`get ${seen.object.kind.toLowerCase()} ${seen.object.name} -o yaml`}`;
  return { ...seen, explains: [], mitigation: { action: 'restore-operator-first', automatic: false, command } };
}
