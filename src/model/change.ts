import type { Right } from './request.ts';

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

/** A right to one object, or to all of a kind: `name` null. */
export interface NamedRight extends Right {
  name: string | null;
}
