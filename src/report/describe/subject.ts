import { EXIT, UserError } from '../../model/errors.ts';

/** The words kubectl takes for each kind that is read. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['deployment', 'deployments', 'deploy', 'deployment.apps', 'deployments.apps'],
  ReplicaSet: ['replicaset', 'replicasets', 'rs', 'replicaset.apps', 'replicasets.apps'],
  Pod: ['pod', 'pods', 'po'],
  Node: ['node', 'nodes', 'no'],
  Lease: ['lease', 'leases', 'lease.coordination.k8s.io', 'leases.coordination.k8s.io'],
  Namespace: ['namespace', 'namespaces', 'ns'],
};

/** The kinds that are read, in the word that kubectl prints. */
export const DESCRIBED: readonly string[] = Object.values(KINDS).map(([word = '']) => word);

/** What `describe` is narrowed to: the objects of a kind, all or by name, or one cause or finding. */
export type Subject = { kind: string; name: string | null } | { code: string };

/** Reads `KIND`, `KIND/NAME` or `CODE`. Throws a UserError when the kind is none that is read. */
export function parseSubject(text: string): Subject {
  const [word = '', ...rest] = text.split('/');
  const kind = Object.keys(KINDS).find((one) => KINDS[one]?.includes(word.toLowerCase()));
  if (kind) return { kind, name: rest.join('/') || null };
  if (rest.length === 0) return { code: text };
  throw new UserError(`describe knows no kind "${word}"; it reads ${DESCRIBED.join(', ')}`, EXIT.usage);
}

/** Whether an object is to be described: every one when there is no subject. */
export function isWanted(subject: Subject | null, kind: string, name: string): boolean {
  if (subject === null) return true;
  return 'kind' in subject && subject.kind === kind && (subject.name === null || subject.name === name);
}
