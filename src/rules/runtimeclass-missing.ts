import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

/** Kubernetes 1.36 plugin/pkg/admission/runtimeclass/admission.go. */
const REFUSED = /RuntimeClass "[^"]*" not found/;

export default defineRule({
  code: 'runtimeclass-missing',
  rung: 'replicaset',
  order: 30,
  severity: 'critical',
  meaning: 'The pod template asks for a RuntimeClass that does not exist. KubeVirt itself asks for none.',
  impact: 'Lost operator pods are not replaced.',
  evidence:
    'Certain: the pod template names a RuntimeClass, and the API server answers that it does not exist. Likely: it could not be read, and the newest failure to create operator pods says that it is missing.',
  remedy: 'Take runtimeClassName out of the Deployment (through its owner, should it have one), or create that class.',
  commands: [
    'kubectl get runtimeclass RUNTIMECLASS',
    'kubectl -n NAMESPACE patch deployment virt-operator --type=json -p \'[{"op":"remove","path":"/spec/template/spec/runtimeClassName"}]\'',
  ],
  related: ['priorityclass-missing', 'serviceaccount-missing', 'sandbox-runtime'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['runtimeClass', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const name = blocked?.template.spec?.runtimeClassName;
    if (!blocked || !name || seen.runtimeClass) return [];
    const gone = seen.runtimeClass === null;
    const said = words(blocked, REFUSED);
    if (!gone && said.length === 0) return [];
    const { namespace, gaps } = blocked;
    const remove = '[{"op":"remove","path":"/spec/template/spec/runtimeClassName"}]';
    return [
      {
        title: `RuntimeClass ${name} does not exist`,
        object: { kind: 'RuntimeClass', namespace: null, name },
        since: saidSince(blocked, said),
        confidence: gone ? 'certain' : 'likely',
        evidence: [...(gone ? [{ text: 'not found', source: `runtimeclass/${name}` }] : []), ...said],
        explains: gaps,
        told: said.length > 0,
        mitigation: {
          action: 'remove-runtimeclass',
          automatic: false,
          command: shell`kubectl -n ${namespace} patch deployment ${nameOf(seen.deployment)} --type=json -p ${remove}`,
        },
      },
    ];
  },
});
