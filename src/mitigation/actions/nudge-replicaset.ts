import type { ActionKind } from '../kind.ts';
import { nudge, owingReplicaSet } from '../nudge.ts';

/** Ends the back-off of a ReplicaSet that could not create pods. */
export const nudgeReplicaSet: ActionKind = {
  summary: 'Make the ReplicaSet try again at once to create its pods',
  risk: 'none',
  rights: ['patch replicasets.apps'],
  reversible: 'nothing that runs is changed',
  lastResort: false,
  alsoFor: [],
  plan(context) {
    const replicaSet = owingReplicaSet(context);
    return replicaSet ? [nudge('ReplicaSet', replicaSet, context.evidence.readAt)] : 'there is no ReplicaSet';
  },
};
