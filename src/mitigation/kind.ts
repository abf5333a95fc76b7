import type { Action, ActionName, Risk } from '../model/action.ts';
import type { Context } from './context.ts';

/** What an action is, whatever the cluster: for `--list`, and for making it from what was read. */
export interface ActionKind {
  summary: string;
  risk: Risk;
  /** In the words of `kubectl auth can-i`. */
  rights: readonly string[];
  /** Whether it can be taken back; otherwise why not. */
  reversible: true | string;
  /** Never offered by itself: it must be named, and is asked for twice. */
  lastResort: boolean;
  /** Causes that it may mend although their rule suggests something else first. */
  alsoFor: readonly string[];
  /** The changes to make, in order; or, as a sentence, why this cannot be done here. */
  plan(context: Context): Action[] | string;
}

export type ActionKinds = Readonly<Record<ActionName, ActionKind>>;
