import type { LimitRange, PodSpec, ResourceQuota } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { formerObstacle } from '../objects/creation/former-obstacle.ts';
import { quotaCovers } from '../objects/creation/quota.ts';
import { unspecified } from '../objects/creation/quota-constraint.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

/** Kubernetes 1.36 apiserver pkg/admission/plugin/resourcequota/controller.go CheckRequest; older servers list the resources without containers. */
const REFUSED = /failed quota: ([^:]+): must specify ([\w.,-]+(?: for: [\w.,-]+(?:; [\w.-]+ for: [\w.,-]+)*)?)/;

export default defineRule({
  code: 'quota-must-specify',
  rung: 'replicaset',
  order: 140,
  severity: 'critical',
  meaning:
    'A ResourceQuota counts a resource that every container must then state, and the operator pods do not: KubeVirt gives them no limits.',
  impact: 'Lost operator pods are not replaced, nor are other pods of KubeVirt, which have no limits either.',
  evidence:
    "Certain: a quota that covers the pod limits a resource which the operator's containers do not set and no LimitRange adds. Likely: only the API server's words say so, and the quota or the LimitRanges could not be read.",
  remedy:
    'Take the limits out of the quota, or add a LimitRange with default limits (of at least what the operator requests).',
  commands: ['kubectl -n NAMESPACE describe resourcequota QUOTA', 'kubectl -n NAMESPACE edit resourcequota QUOTA'],
  related: ['limitrange-default-below-request', 'limitrange-violation', 'quota-exceeded', 'quota-status-unknown'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['resourceQuotas', 'limitRanges', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    if (!blocked || blocked.gaps.length === 0) return [];
    const said = words(blocked, REFUSED);
    const [, named, demanded = 'limits'] = REFUSED.exec(said[0]?.text ?? '') ?? [];
    const owed = owedTo(seen, blocked.template.spec);
    const name = owed[0]?.quota ?? (formerObstacle(blocked, seen) === null ? named : undefined);
    if (name === undefined) return [];
    const mine = owed.filter(({ quota }) => quota === name);
    const resources = [...new Set(mine.map(({ resource }) => resource))].join(', ') || demanded;
    const { namespace, gaps } = blocked;
    return [
      {
        title: `ResourceQuota ${name} demands ${resources}, which the operator pods do not set`,
        object: { kind: 'ResourceQuota', namespace, name },
        since: saidSince(blocked, said),
        confidence: mine.length > 0 ? 'certain' : 'likely',
        evidence: [
          ...mine.map(({ resource, container }) => ({
            text: `container ${container} sets no ${resource}`,
            source: `resourcequota/${name} hard`,
          })),
          ...said,
        ],
        explains: gaps,
        told: said.length > 0,
        mitigation: {
          action: 'edit-quota',
          automatic: false,
          command: shell`kubectl -n ${namespace} edit resourcequota ${name}`,
          ...(mine.length > 0
            ? { steps: stepsFor(namespace, name, [...new Set(mine.map((one) => one.resource))]) }
            : {}),
        },
      },
    ];
  },
});

interface QuotaReads {
  readonly resourceQuotas?: readonly ResourceQuota[] | null | undefined;
  readonly limitRanges?: readonly LimitRange[] | null | undefined;
}

/** What quotas demand of the pod and its containers lack; nothing where LimitRanges, which may add it, could not be read. */
function owedTo({ resourceQuotas, limitRanges }: QuotaReads, pod: PodSpec | null | undefined) {
  if (!limitRanges) return [];
  const covering = list(resourceQuotas).filter((quota) => quotaCovers(quota, pod));
  return covering.flatMap((quota) =>
    unspecified(quota, pod, limitRanges).map((one) => ({ quota: nameOf(quota), ...one })),
  );
}

/** Of a quota that was read: what it demands is in it under these names. */
function stepsFor(namespace: string, name: string, resources: readonly string[]): string[] {
  const hard = Object.fromEntries(resources.map((resource) => [resource, null]));
  return [
    'Note what the quota holds now:',
    shell`kubectl -n ${namespace} get resourcequota ${name} -o yaml`,
    `Take ${resources.join(', ')} out of the quota (or add a LimitRange with defaults of at least what the operator requests):`,
    shell`kubectl -n ${namespace} patch resourcequota ${name} --type=merge -p ${JSON.stringify({ spec: { hard } })}`,
  ];
}
