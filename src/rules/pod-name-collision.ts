import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

/** Kubernetes 1.36 apimachinery pkg/api/errors/errors.go NewAlreadyExists, NewGenerateNameConflict; apiserver pkg/registry/generic/registry/store.go. */
const REFUSED =
  /pods "[^"]*" already exists|object is being deleted: pods "|was not able to generate a unique name for the object/;

export default defineRule({
  code: 'pod-name-collision',
  rung: 'replicaset',
  order: 800,
  severity: 'warning',
  meaning:
    'The names that were made up for new operator pods are taken, or belong to pods that are still being deleted. Each try makes up a new one.',
  impact: 'New pods come later; should it last, something creates pods under these names.',
  evidence:
    'Likely: the newest failure to create operator pods says that a pod of that name exists or is being deleted, or that no free name was found.',
  remedy: 'Wait for the next try. If it lasts, see which pods with such names exist and who made them.',
  commands: ['kubectl -n NAMESPACE get pods'],
  related: ['replicaset-backoff', 'pod-stuck-terminating-finalizer'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const said = blocked ? words(blocked, REFUSED) : [];
    if (!blocked?.failure || said.length === 0) return [];
    return [
      {
        title: 'the names for new operator pods are taken',
        object: reference('ReplicaSet', blocked.failure.replicaSet),
        since: saidSince(blocked, said),
        confidence: 'likely',
        evidence: said,
        explains: blocked.gaps,
        mitigation: {
          action: 'find-name-taker',
          automatic: false,
          command: shell`kubectl -n ${blocked.namespace} get pods`,
        },
      },
    ];
  },
});
