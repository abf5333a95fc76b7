import type { ChangeRequest, NamedRight } from './change.ts';
import type { KubernetesObject } from './kubernetes.ts';

/** Every repair that the program can make by itself, by the name that findings and the command line use. */
export const ACTION_NAMES = [
  'scale-up',
  'resume-rollout',
  'roll-back',
  'nudge-replicaset',
  'nudge-deployment',
  'restart-pod',
  'force-delete-pod',
  'delete-finished-pods',
  'uncordon',
  'remove-taint',
  'create-serviceaccount',
  'create-priorityclass',
  'relabel-pod-security',
  'raise-quota',
  'remove-memory-limit',
  'ignore-webhook',
] as const;
export type ActionName = (typeof ACTION_NAMES)[number];

/** `none`: nothing that runs is touched. `high`: it switches off a protection, or may start a second copy of something. */
export type Risk = 'none' | 'low' | 'medium' | 'high';

/** The object that a change is made to; `resource` as kubectl writes it: `deployments.apps`. */
export interface Target {
  kind: string;
  resource: string;
  namespace: string | null;
  name: string;
  /** The object's own path, which a change of a subresource goes below. */
  path: string;
}

/** One change, as data: one call to the API server. */
export interface Action {
  name: ActionName;
  title: string;
  target: Target;
  /** As it was read; null where it does not exist yet. */
  before: KubernetesObject | null;
  request: ChangeRequest;
  /** What must still be true when the change is made, in words. */
  precondition: string;
  risk: Risk;
  /** What can go wrong, and what is not known; one sentence each. */
  cautions: readonly string[];
  rights: readonly NamedRight[];
  /** Whether `undo` can take it back; otherwise why not. */
  undo: { possible: true } | { possible: false; why: string };
  /** The kubectl line that does the same. */
  command: string;
}
