import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { shell } from '../objects/meta/shell.ts';

/** Kubernetes 1.36 plugin/pkg/admission/priority/admission.go. */
const REFUSED = /no PriorityClass with name \S+ was found|failed to resolve PriorityClass with name \S+: .*not found/;

export default defineRule({
  code: 'priorityclass-missing',
  rung: 'replicaset',
  order: 40,
  severity: 'critical',
  meaning: 'The PriorityClass that the pods ask for does not exist: the API server refuses every new operator pod.',
  impact: 'Lost operator pods are not replaced; virt-api, virt-controller and virt-handler ask for the same class.',
  evidence:
    'Certain: the pod template names a PriorityClass, and the API server answers that it does not exist. Likely: it could not be read, and the newest failure to create operator pods says that it is missing.',
  remedy:
    'Create the PriorityClass again as the release manifest has it (value 1000000000), then nudge the ReplicaSet.',
  commands: [
    'kubectl get priorityclass PRIORITYCLASS',
    'kubectl create priorityclass PRIORITYCLASS --value=1000000000',
    'kubectl -n NAMESPACE annotate replicaset REPLICASET virtop.io/nudge="$(date +%s)" --overwrite',
  ],
  related: ['replicaset-backoff', 'runtimeclass-missing', 'serviceaccount-missing', 'preempted'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['priorityClass', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const name = blocked?.template.spec?.priorityClassName;
    if (!blocked || !name || seen.priorityClass) return [];
    const gone = seen.priorityClass === null;
    const said = words(blocked, REFUSED);
    if (!gone && said.length === 0) return [];
    return [
      {
        title: `PriorityClass ${name} does not exist`,
        object: { kind: 'PriorityClass', namespace: null, name },
        since: saidSince(blocked, said),
        confidence: gone ? 'certain' : 'likely',
        evidence: [...(gone ? [{ text: 'not found', source: `priorityclass/${name}` }] : []), ...said],
        explains: blocked.gaps,
        told: said.length > 0,
        mitigation: {
          action: 'create-priorityclass',
          automatic: true,
          command: shell`kubectl create priorityclass ${name} --value=1000000000`,
        },
      },
    ];
  },
});
