import type { ActionKind } from '../kind.ts';
import { nudge } from '../nudge.ts';

/** Makes a Deployment try again that gave up creating its ReplicaSet. */
export const nudgeDeployment: ActionKind = {
  summary: 'Make the Deployment try again at once to create its ReplicaSet',
  risk: 'none',
  rights: ['patch deployments.apps'],
  reversible: 'nothing that runs is changed',
  lastResort: false,
  alsoFor: [],
  plan({ operator: { deployment }, evidence }) {
    return deployment ? [nudge('Deployment', deployment, evidence.readAt)] : 'there is no Deployment';
  },
};
