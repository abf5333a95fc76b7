import type { OperatorReport } from './report.ts';
import type { Right } from './request.ts';

/** One right that the program may use, and whether this user has it. */
export interface CanIItem extends Right {
  /** `read`: what the diagnosis and `wait` ask. `write`: what only a repair asks, its reads included. */
  access: 'read' | 'write';
  /** Whether a verdict needs it; without the others something is not checked. */
  required: boolean;
  /** What cannot be read, or which repair cannot be made, without it. */
  neededFor: string[];
  /** `unknown`: the server did not say. */
  allowed: 'yes' | 'no' | 'unknown';
}

/** What `can-i -o json` and `-o yaml` print; its schema is docs/can-i-list.schema.json. `null` is "unknown". */
export interface CanIList {
  apiVersion: 'virtop/v1';
  kind: 'CanIList';
  /** Who this is, as the server says; null where it does not. */
  user: string | null;
  items: CanIItem[];
  /** Whether every read that a verdict needs is allowed. */
  verdictAllowed: boolean;
  /** `foundBy` null: no operator was found, and the namespace is the usual one. */
  operator: { namespace: string; foundBy: OperatorReport['operator']['foundBy'] };
  cluster: OperatorReport['cluster'];
}
