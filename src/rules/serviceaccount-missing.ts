import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/blocked-creation.ts';
import { shell } from '../objects/shell.ts';

/** Kubernetes 1.36 plugin/pkg/admission/serviceaccount/admission.go. */
const REFUSED = /error looking up service account|serviceaccount "[^"]*" not found/;

export default defineRule({
  code: 'serviceaccount-missing',
  rung: 'replicaset',
  order: 20,
  severity: 'critical',
  meaning: 'The ServiceAccount that the pods run as does not exist: the API server refuses every new operator pod.',
  impact: 'Lost operator pods are not replaced, and the tokens of those that still run are no longer valid.',
  evidence:
    'Certain: the API server answers that the ServiceAccount of the pod template does not exist. Likely: it could not be read, and the newest failure to create operator pods says that it is missing.',
  remedy:
    'Create the ServiceAccount again under the same name; its bindings refer to the name. Then nudge the ReplicaSet, which may wait up to 17 minutes by itself.',
  commands: [
    'kubectl -n NAMESPACE get serviceaccount SERVICEACCOUNT',
    'kubectl -n NAMESPACE create serviceaccount SERVICEACCOUNT',
    'kubectl -n NAMESPACE annotate replicaset REPLICASET virtop.io/nudge="$(date +%s)" --overwrite',
  ],
  related: ['priorityclass-missing', 'replicaset-backoff', 'runtimeclass-missing', 'volume-mount-failed', 'crash-rbac'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['serviceAccount', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    if (!blocked || seen.serviceAccount) return [];
    const gone = seen.serviceAccount === null;
    const said = words(blocked, REFUSED);
    if (!gone && said.length === 0) return [];
    const name = blocked.template.spec?.serviceAccountName || 'default';
    const { namespace, gaps } = blocked;
    return [
      {
        title: `ServiceAccount ${name} does not exist`,
        object: { kind: 'ServiceAccount', namespace, name },
        since: saidSince(blocked, said),
        confidence: gone ? 'certain' : 'likely',
        evidence: [...(gone ? [{ text: 'not found', source: `serviceaccount/${name} in ${namespace}` }] : []), ...said],
        explains: gaps,
        told: said.length > 0,
        mitigation: {
          action: 'create-serviceaccount',
          automatic: true,
          command: shell`kubectl -n ${namespace} create serviceaccount ${name}`,
        },
      },
    ];
  },
});
