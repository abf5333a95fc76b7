import type { ActionName, Risk } from './action.ts';
import type { NamedRight } from './change.ts';
import type { Evidence } from './evidence.ts';
import type { ObjectReference } from './finding.ts';

/** How a repair ended. In `notConfirmed` and `refused` nothing was changed. */
export type Outcome =
  | 'planned'
  | 'dryRun'
  | 'manual'
  | 'notNeeded'
  | 'notConfirmed'
  | 'refused'
  | 'verified'
  | 'undone'
  | 'notVerified';

export interface CauseReference {
  code: string;
  title: string;
  object: ObjectReference;
}

/** One change, as it is shown before it is made, and what became of it. */
export interface RepairStep {
  title: string;
  object: ObjectReference;
  risk: Risk;
  cautions: string[];
  precondition: string;
  rights: (NamedRight & { allowed: 'yes' | 'no' | 'unknown' })[];
  /** Who may undo it, and where a lasting change belongs; null where nothing says so. */
  owner: string | null;
  /** Why `undo` cannot take it back; null when it can. */
  notUndoable: string | null;
  /** What the server said of it beforehand. */
  trial: 'accepted' | 'refused' | 'notSupported' | 'notTried';
  diff: string[];
  command: string;
  result: 'notDone' | 'done' | 'refused' | 'unknown';
}

/** What was planned for one cause, and what came of it. */
export interface Repair {
  cause: CauseReference | null;
  action: ActionName | null;
  steps: RepairStep[];
  /** What a person must do, in order, where the program does not. */
  manual: string[];
  outcome: Outcome;
  /** Why it ended so, where that is not plain. */
  reason: string | null;
  /** What `kubectl virtop undo` takes to take it back. */
  undo: string | null;
  /** From the change until virt-operator was seen to work. */
  seconds: number | null;
  /** Who led when that was seen. */
  leader: string | null;
  /** What was still missing when the time ran out. */
  waitingFor: string | null;
  /** The cause that stands in the way now; of a plan: what is proved to stand in the way once it is made. */
  next: CauseReference | null;
}

/** The published document of `mitigate` and `undo`. */
export interface RepairReport {
  apiVersion: 'virtop/v1';
  kind: 'RepairReport';
  readAt: string;
  cluster: Evidence['cluster'];
  repairs: Repair[];
}

/** What `mitigate --list` prints: every action. */
export interface ActionList {
  apiVersion: 'virtop/v1';
  kind: 'ActionList';
  actions: {
    name: ActionName;
    summary: string;
    risk: Risk;
    rights: string[];
    /** Whether `undo` can take it back. */
    reversible: boolean;
    lastResort: boolean;
  }[];
}

/** What `undo --list` prints: every repair that was made from this machine. */
export interface RepairList {
  apiVersion: 'virtop/v1';
  kind: 'RepairList';
  repairs: {
    id: string;
    at: string;
    context: string | null;
    server: string | null;
    action: string;
    changes: { title: string; state: 'planned' | 'sent' | 'done' | 'refused' }[];
    revertible: boolean;
  }[];
}

/** What `mitigate` and `undo` print for programs; its schema is docs/repair.schema.json. */
export type RepairDocument = RepairReport | ActionList | RepairList;
