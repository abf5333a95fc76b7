import type { EvidenceValues } from '../model/evidence.ts';
import type { Mitigation } from '../model/finding.ts';
import type { ReplicaSet } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { formerObstacle } from '../objects/creation/former-obstacle.ts';
import { meetsLevel } from '../objects/creation/pod-security.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { goodRevision } from '../objects/operator/good-revision.ts';
import { type Operator, operatorOf } from '../objects/operator/operator.ts';
import { revisionOf } from '../objects/operator/revision.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** Kubernetes 1.36 pod-security-admission/admission/admission.go EvaluatePod; "would violate" is only a warning. */
const REFUSED = /\bviolates PodSecurity "([^:"]+)/;

export default defineRule({
  code: 'podsecurity-denied',
  rung: 'replicaset',
  order: 90,
  severity: 'critical',
  meaning: "The namespace's pod security level refuses the operator pods.",
  impact: 'Lost operator pods are not replaced; virt-handler, which needs the privileged level, would be refused next.',
  evidence:
    "The newest failure to create operator pods names the level that they violate. Certain: the namespace's enforce label is that level. Likely: it is another one or missing, so that the default of the cluster holds. Where the label says privileged, or a level that the template satisfies, the refusal is over. An earlier revision is compared with the level by its template.",
  remedy:
    "Where an earlier revision satisfies the level, roll back to it. Else set the namespace back to the level that KubeVirt's manifest gives it (privileged), or remove what made the pod break the level.",
  commands: [
    'kubectl get namespace NAMESPACE --show-labels',
    'kubectl -n NAMESPACE rollout undo deployment/virt-operator --to-revision=REVISION',
    'kubectl label namespace NAMESPACE pod-security.kubernetes.io/enforce=privileged --overwrite',
  ],
  related: ['podnodeselector-conflict', 'replicaset-backoff', 'scc-denied', 'vap-denied', 'webhook-denied'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['namespace', 'events', 'kubevirts'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const enforced = seen.namespace?.metadata?.labels?.[ENFORCE];
    const said = blocked ? words(blocked, REFUSED) : [];
    const level = REFUSED.exec(said[0]?.text ?? '')?.[1];
    if (!blocked || level === undefined || formerObstacle(blocked, seen) !== null) return [];
    const { namespace } = blocked;
    const operator = operatorOf(seen);
    const earlier = admitted(operator, seen.kubevirts, level);
    const relabel = {
      action: 'relabel-pod-security',
      automatic: true,
      command: shell`kubectl label namespace ${namespace} ${ENFORCE}=privileged --overwrite`,
    };
    return [
      {
        title: `namespace ${namespace} enforces pod security level ${level}, which the operator pods violate`,
        object: { kind: 'Namespace', namespace: null, name: namespace },
        since: saidSince(blocked, said),
        confidence: enforced === level ? 'certain' : 'likely',
        evidence: [
          ...(enforced ? [{ text: `${ENFORCE}=${enforced}`, source: `namespace/${namespace} metadata.labels` }] : []),
          ...said,
          ...(earlier === null
            ? []
            : [
                {
                  text: `revision ${revisionOf(earlier)} satisfies the level, the present template does not`,
                  source: `replicaset/${nameOf(earlier)} spec.template`,
                },
              ]),
        ],
        explains: blocked.gaps,
        told: said.length > 0,
        mitigation: earlier === null ? relabel : backTo(earlier, operator, relabel.command),
      },
    ];
  },
});

/** A revision to roll back to that the level admits, where the present one is what it refuses. */
function admitted(operator: Operator, kubevirts: EvidenceValues['kubevirts'] | null | undefined, level: string) {
  const good = goodRevision(operator, { kubevirts, part: null });
  const isCure = typeof good !== 'string' && meetsLevel(good.spec?.template, level);
  return isCure && !meetsLevel(operator.deployment?.spec?.template, level) ? good : null;
}

/** What the template asks for is new, and the level is not: the first is taken back. */
function backTo(good: ReplicaSet, { deployment }: Operator, relabel: string): Mitigation {
  const [name, namespace, revision] = [nameOf(deployment), deployment?.metadata?.namespace, revisionOf(good)];
  const command = shell`kubectl -n ${namespace} rollout undo deployment/${name} --to-revision=${revision}`;
  return {
    action: 'roll-back',
    automatic: true,
    command,
    steps: [
      `Revision ${revision} satisfies the level: roll back to it.`,
      command,
      'Only where the present template is meant to be so, lift the level instead:',
      relabel,
    ],
  };
}
