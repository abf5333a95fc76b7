import type { PodSpec, ReplicaSet } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import type { Operator } from './operator.ts';

const REVISION = 'deployment.kubernetes.io/revision';

/** Which revision of the Deployment a ReplicaSet holds; 0 where it does not say. */
export function revisionOf({ metadata }: ReplicaSet): number {
  const text = metadata?.annotations?.[REVISION] ?? '';
  return /^\d+$/.test(text) ? Number(text) : 0;
}

/** The Deployment's ReplicaSets but for the present one, newest revision first: what a roll-out can be undone to. */
export function earlierRevisions({ replicaSets, current }: Pick<Operator, 'replicaSets' | 'current'>): ReplicaSet[] {
  return replicaSets
    .filter((one) => one !== current && revisionOf(one) > 0)
    .toSorted((a, b) => revisionOf(b) - revisionOf(a));
}

/** What decides whether a container starts and stays up, and where its pod may run; the rest is not what a roll-back is for. */
const PARTS: Readonly<Record<'image' | 'program' | 'place', (spec: PodSpec) => unknown>> = {
  image: (spec) => list(spec.containers).map(({ name, image }) => [name, image]),
  program: (spec) =>
    list(spec.containers).map(({ name, image, command, args, env, envFrom }) => [
      name,
      image,
      command,
      args,
      env,
      envFrom,
    ]),
  place: ({ nodeSelector, affinity, tolerations, nodeName }) => [nodeSelector, affinity, tolerations, nodeName],
};
export type Part = keyof typeof PARTS;

/** Whether two revisions differ in that part; where they do not, going from one to the other mends nothing in it. */
export function differIn(part: Part, one: ReplicaSet, other: ReplicaSet): boolean {
  const text = ({ spec }: ReplicaSet) => JSON.stringify(PARTS[part](spec?.template?.spec ?? {}), withoutNothing);
  return text(one) !== text(other);
}

/** The API server leaves out what is empty. */
function withoutNothing(_: string, value: unknown): unknown {
  return value === null || (Array.isArray(value) && value.length === 0) ? undefined : value;
}
