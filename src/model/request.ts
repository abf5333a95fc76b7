/** One GET to the API server: a path that starts with `/`, query parameters, and in which form the answer is wanted. */
export interface ApiRequest {
  path: string;
  query?: Readonly<Record<string, string>>;
  /** `metadata` asks for PartialObjectMetadata, `table` for a Table without objects, as `kubectl get` does; `text` is a log: no JSON, and the body is `{ text }`. */
  form?: 'object' | 'metadata' | 'table' | 'text';
  /** How long the answer may take, in milliseconds, where that is less than for everything together. */
  withinMs?: number;
}

/** The right (RBAC) that a request needs; `namespace: null` is the cluster scope. */
export interface Right {
  verb: string;
  group: string;
  resource: string;
  namespace: string | null;
}

/** Why a request brought no answer. Texts are as the server or the network gave them, one line. */
export type Refusal =
  | { status: 'absent' }
  | { status: 'forbidden'; message: string }
  | { status: 'failed'; reason: FailureReason; message: string };

/** The catalogue's access causes (A1–A10), as far as one request can tell them apart; `not-recorded`: an archive does not hold the answer. */
export type FailureReason =
  | 'api-unreachable'
  | 'api-tls-untrusted'
  | 'client-cert-expired'
  | 'auth-unauthorized'
  | 'api-throttled'
  | 'api-degraded'
  | 'timeout'
  | 'not-kubernetes'
  | 'too-large'
  | 'not-recorded';

/** `date` is the server's clock (the HTTP Date header), when it sent one. */
export type Answer = { status: 'read'; body: unknown; date?: string } | (Refusal & { date?: string });

/** Sends one request and always settles: a refusal is an answer, not an exception. */
export type Ask = (request: ApiRequest) => Promise<Answer>;
