import type { KubernetesObject } from '../model/kubernetes.ts';
import { lastWriter } from '../objects/meta/managed-fields.ts';
import { shell } from '../objects/meta/shell.ts';
import type { Hands } from './hands.ts';
import type { JournalEntry } from './journal.ts';
import { lostFields, type Reversal } from './undo.ts';

/** That something else took a change back, with who did it where the object tells; null while all changes hold, or when that cannot be read. */
export async function setBack({ steps }: Pick<JournalEntry, 'steps'>, { read }: Pick<Hands, 'read'>) {
  const told = await Promise.all(steps.map(({ reversal }) => reversal && changeBack(reversal, read)));
  return told.find((one) => one !== null) ?? null;
}

async function changeBack({ target, fields }: Reversal, read: Hands['read']): Promise<string | null> {
  const now = await read(target.path).catch(() => null);
  const [lost] = now ? lostFields(fields, now) : [];
  return now && lost ? words(target, lost.path, now) : null;
}

function words(
  { kind, name, namespace }: Reversal['target'],
  path: (string | number)[],
  now: KubernetesObject,
): string {
  const writer = lastWriter(now, path.map(String));
  const by = writer ? ` by ${writer.manager}` : '';
  const where = namespace === null ? 'kubectl' : shell`kubectl -n ${namespace}`;
  const look = shell`get ${kind.toLowerCase()} ${name} -o yaml --show-managed-fields`;
  return `${path.join('.')} of ${kind} ${name} was changed back${by}: stop that first, else it is changed back again; see ${where} ${look}`;
}
