import type { FailureReason, Right } from './request.ts';

/** One operation of a JSON patch (RFC 6902), as far as changes need them. */
export type PatchOperation =
  | { op: 'test' | 'add' | 'replace'; path: string; value: unknown }
  | { op: 'remove'; path: string };

/** One call that changes the cluster. What must still be true is inside its body: a resourceVersion, a uid, `test` operations. */
export type ChangeRequest =
  | {
      method: 'PATCH';
      path: string;
      contentType: 'application/merge-patch+json';
      body: Readonly<Record<string, unknown>>;
    }
  | { method: 'PATCH'; path: string; contentType: 'application/json-patch+json'; body: readonly PatchOperation[] }
  | {
      method: 'POST' | 'DELETE';
      path: string;
      contentType: 'application/json';
      body: Readonly<Record<string, unknown>>;
    };

/** What became of a change. Texts are the server's, one line. */
export type ChangeAnswer =
  | { status: 'done'; body: unknown }
  /** Somebody else changed the object first. */
  | { status: 'conflict'; message: string }
  | { status: 'forbidden'; message: string }
  /** An admission webhook or policy refused it. */
  | { status: 'denied'; message: string }
  | { status: 'invalid'; message: string }
  | { status: 'absent'; message: string }
  /** A webhook that is asked cannot be asked for a trial. */
  | { status: 'noDryRun'; message: string }
  /** `sent`: the server may have carried it out all the same. */
  | { status: 'failed'; reason: FailureReason; message: string; sent: boolean };

/** Sends one change, exactly once, and always settles. With `dryRun` the server checks it and stores nothing. */
export type Send = (request: ChangeRequest, options: { dryRun: boolean }) => Promise<ChangeAnswer>;

/** A right to one object, or to all of a kind: `name` null. */
export interface NamedRight extends Right {
  name: string | null;
}

/** Whether this user may do something (SelfSubjectAccessReview); `unknown` where the server does not say. */
export type MayI = (right: NamedRight) => Promise<'yes' | 'no' | 'unknown'>;

/** The name under which the API server remembers what this program wrote (metadata.managedFields). */
export const FIELD_MANAGER = 'kubectl-virtop';
