import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { nameOf } from '../objects/meta/reference.ts';

/** OpenShift 4 openshift/apiserver-library-go pkg/securitycontextconstraints/sccadmission/admission.go. */
const REFUSED =
  /unable to validate against any security context constraint|failed to retrieve the required SCC|required scc\/\S+ does not match the suggested scc|no SecurityContextConstraintsProvider available|securitycontextconstraints\.security\.openshift\.io cache is not synchronized/;

export default defineRule({
  code: 'scc-denied',
  rung: 'replicaset',
  order: 65,
  severity: 'critical',
  meaning: 'OpenShift finds no security context constraint under which the operator pods may run.',
  impact: 'Lost operator pods are not replaced.',
  evidence:
    "Likely: the newest failure to create operator pods has the words of OpenShift's own admission. Which constraint would admit the pod is not worked out.",
  remedy:
    "Compare the pod template with the constraints that its ServiceAccount may use. KubeVirt's own template passes restricted-v2: look for what was changed or injected, or for a constraint that was removed.",
  commands: ['kubectl -n NAMESPACE describe replicaset REPLICASET', 'kubectl get securitycontextconstraints'],
  related: ['podsecurity-denied', 'config-run-as-nonroot'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const said = blocked ? words(blocked, REFUSED) : [];
    if (!blocked || said.length === 0) return [];
    const { namespace, template, gaps } = blocked;
    const account = template.spec?.serviceAccountName || 'default';
    return [
      {
        title: `no security context constraint admits the operator pods of ServiceAccount ${account}`,
        object: { kind: 'Deployment', namespace, name: nameOf(seen.deployment) },
        since: saidSince(blocked, said),
        confidence: 'likely',
        evidence: said,
        explains: gaps,
        told: true,
        mitigation: {
          action: 'look-at-scc',
          automatic: false,
          command: 'kubectl get securitycontextconstraints',
        },
      },
    ];
  },
});
