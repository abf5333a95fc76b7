import type { EvidenceItem } from '../model/finding.ts';
import type { Lease, Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { formerObstacle } from '../objects/creation/former-obstacle.ts';
import { overruns, overrunText, quotaCovers } from '../objects/creation/quota.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { operatorOf } from '../objects/operator/operator.ts';

/** Kubernetes 1.36 apiserver pkg/admission/plugin/resourcequota/controller.go CheckRequest. */
const REFUSED = /exceeded quota: ([^,]+), requested: /;

export default defineRule({
  code: 'quota-exceeded',
  rung: 'replicaset',
  order: 140,
  severity: 'critical',
  meaning: 'A ResourceQuota of the namespace leaves no room for another operator pod.',
  impact: 'Lost operator pods are not replaced, nor is any other pod that asks for as much.',
  evidence:
    "Certain: what the status of a quota counts as used, and what one more operator pod adds, is more than its limit; a quota whose scope leaves the pod out does not count. While none leads: once one pod is deleted, too little is left for another. Likely: only the API server's words name the quota, and it could not be read, or has no room for what they say was asked for.",
  remedy: 'Free what eats the quota (finished pods, other workloads), or raise it by the missing amount.',
  commands: [
    'kubectl -n NAMESPACE describe resourcequota QUOTA',
    'kubectl -n NAMESPACE get pods',
    'kubectl -n NAMESPACE edit resourcequota QUOTA',
  ],
  related: ['rs-create-error', 'limitrange-violation', 'quota-must-specify', 'quota-status-unknown'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['resourceQuotas', 'events', 'operatorLease'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    if (!blocked) return [];
    const leaving = blocked.gaps.length === 0 ? toBeReplaced(seen) : null;
    if (blocked.gaps.length === 0 && !leaving) return [];
    const pod = blocked.template.spec;
    const refused = words(blocked, REFUSED);
    const named = quotaIn(refused[0]);
    const quotas = seen.resourceQuotas ?? [];
    const full = quotas
      .filter((quota) => quotaCovers(quota, pod))
      .flatMap((quota) => overruns(quota, pod, leaving?.spec).map((over) => ({ quota: nameOf(quota), over })));
    const name = full[0]?.quota ?? (formerObstacle(blocked, seen) === null ? named : undefined);
    if (name === undefined) return [];
    const { namespace, gaps } = blocked;
    const names = full.length > 0 ? [...new Set(full.map(({ quota }) => quota))] : [name];
    // Words about a quota that has room by now tell nothing of those that are full.
    const said = refused.filter((item) => names.includes(quotaIn(item) ?? ''));
    return [
      {
        title: `${names.length === 1 ? `ResourceQuota ${name} leaves` : `ResourceQuotas ${names.join(', ')} leave`} no room for another operator pod`,
        object: { kind: 'ResourceQuota', namespace, name },
        since: saidSince(blocked, said),
        confidence: full.length > 0 ? 'certain' : 'likely',
        evidence: [
          ...full.map(({ quota, over }) => ({ text: overrunText(over), source: `resourcequota/${quota} status` })),
          ...said,
        ],
        explains: gaps,
        told: said.length > 0,
        mitigation: {
          action: 'raise-quota',
          automatic: true,
          command: shell`kubectl -n ${namespace} describe resourcequota ${names}`,
        },
      },
    ];
  },
});

/** A pod that is deleted so that another one leads, where Ready pods do not. */
function toBeReplaced(
  seen: Parameters<typeof operatorOf>[0] & { operatorLease?: Lease | null | undefined; readAt: string },
): Pod | null {
  const [pod] = operatorOf(seen).ready;
  if (seen.operatorLease === undefined || leaderState(seen.operatorLease, seen.pods, seen.readAt).alive) return null;
  return pod ?? null;
}

/** The quota that the API server's words name. */
function quotaIn(said: EvidenceItem | undefined): string | undefined {
  return REFUSED.exec(said?.text ?? '')?.[1];
}
