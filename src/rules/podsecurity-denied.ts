import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { shell } from '../objects/meta/shell.ts';

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
    "The newest failure to create operator pods names the level that they violate. Certain: the namespace's enforce label is that level. Likely: it is another one or missing, so that the default of the cluster holds. Where the label says privileged, the refusal is over.",
  remedy:
    "Set the namespace back to the level that KubeVirt's manifest gives it (privileged), or remove what made the pod break the level.",
  commands: [
    'kubectl get namespace NAMESPACE --show-labels',
    'kubectl label namespace NAMESPACE pod-security.kubernetes.io/enforce=privileged --overwrite',
  ],
  related: ['podnodeselector-conflict', 'replicaset-backoff', 'scc-denied', 'vap-denied', 'webhook-denied'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['namespace', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const enforced = seen.namespace?.metadata?.labels?.[ENFORCE];
    const said = blocked ? words(blocked, REFUSED) : [];
    const level = REFUSED.exec(said[0]?.text ?? '')?.[1];
    if (!blocked || level === undefined || enforced === 'privileged') return [];
    const { namespace } = blocked;
    return [
      {
        title: `namespace ${namespace} enforces pod security level ${level}, which the operator pods violate`,
        object: { kind: 'Namespace', namespace: null, name: namespace },
        since: saidSince(blocked, said),
        confidence: enforced === level ? 'certain' : 'likely',
        evidence: [
          ...(enforced ? [{ text: `${ENFORCE}=${enforced}`, source: `namespace/${namespace} metadata.labels` }] : []),
          ...said,
        ],
        explains: blocked.gaps,
        told: said.length > 0,
        mitigation: {
          action: 'relabel-pod-security',
          automatic: true,
          command: shell`kubectl label namespace ${namespace} ${ENFORCE}=privileged --overwrite`,
        },
      },
    ];
  },
});
