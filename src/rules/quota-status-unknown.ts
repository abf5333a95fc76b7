import type { EvidenceItem, Observation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { type BlockedCreation, blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { formerObstacle } from '../objects/creation/former-obstacle.ts';
import { quotaCovers, uncounted } from '../objects/creation/quota.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

/** Kubernetes 1.36 apiserver pkg/admission/plugin/resourcequota/controller.go CheckRequest. */
const REFUSED = /status unknown for quota: ([^,]+), resources: /;

/** Where the API server takes such pods only under a quota (the same file: limitedResources of its configuration). */
const UNCOVERED = /insufficient quota to (?:consume|match these scopes): /;

export default defineRule({
  code: 'quota-status-unknown',
  rung: 'replicaset',
  order: 140,
  severity: 'critical',
  follows: ['control-plane'],
  meaning:
    'A ResourceQuota has limits, but nobody has counted yet what is used: until then the API server refuses every new pod in the namespace.',
  impact: 'Lost operator pods are not replaced.',
  evidence:
    "Certain: a quota covers the pod and has limits, and its status counts nothing as used for them. Likely: no quota could be read, and the API server's words name one; or it says that it takes such pods only where a quota covers them, and none does.",
  remedy:
    'Wait half a minute. If it lasts, kube-controller-manager does not count: look at its log and at the rights of its resourcequota-controller.',
  commands: [
    'kubectl -n NAMESPACE describe resourcequota QUOTA',
    'kubectl get clusterrole,clusterrolebinding system:controller:resourcequota-controller -o yaml',
  ],
  related: ['controller-manager-down', 'controller-rbac-broken', 'quota-exceeded', 'quota-must-specify'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['resourceQuotas', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    if (!blocked || blocked.gaps.length === 0) return [];
    const uncovered = words(blocked, UNCOVERED);
    if (uncovered.length > 0 && formerObstacle(blocked, seen) === null) return [withoutQuota(blocked, uncovered)];
    const said = words(blocked, REFUSED);
    const named = REFUSED.exec(said[0]?.text ?? '')?.[1];
    const quotas = (seen.resourceQuotas ?? []).filter((quota) => quotaCovers(quota, blocked.template.spec));
    const [quota] = quotas.filter((one) => uncounted(one).length > 0);
    const unread = seen.resourceQuotas === undefined ? named : undefined;
    const name = quota ? nameOf(quota) : unread;
    if (name === undefined) return [];
    const { namespace, gaps } = blocked;
    return [
      {
        title: `nobody has counted what is used of ResourceQuota ${name}`,
        object: { kind: 'ResourceQuota', namespace, name },
        since: saidSince(blocked, said),
        confidence: quota ? 'certain' : 'likely',
        evidence: [
          ...(quota
            ? [{ text: `no count of ${uncounted(quota).join(', ')}`, source: `resourcequota/${name} status.used` }]
            : []),
          ...said,
        ],
        explains: gaps,
        told: said.length > 0,
        mitigation: {
          action: 'wait-for-quota',
          automatic: false,
          command: shell`kubectl -n ${namespace} describe resourcequota ${name}`,
        },
      },
    ];
  },
});

/** The cluster is set up to limit these pods: some quota must cover them. */
function withoutQuota(blocked: BlockedCreation, said: EvidenceItem[]): Observation {
  const { namespace, gaps } = blocked;
  return {
    title: 'the API server takes such pods only where a ResourceQuota covers them, and none does',
    object: { kind: 'Namespace', namespace: null, name: namespace },
    since: saidSince(blocked, said),
    confidence: 'likely',
    evidence: said,
    explains: gaps,
    told: true,
    mitigation: {
      action: 'cover-by-quota',
      automatic: false,
      command: shell`kubectl -n ${namespace} describe resourcequota`,
    },
  };
}
