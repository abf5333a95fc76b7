import type { Action } from '../model/action.ts';
import type { Pod } from '../model/kubernetes.ts';
import { containerStatuses, isReady } from '../objects/pod/pod.ts';
import { changedFields, same } from './changed-fields.ts';
import { NUDGE } from './nudge.ts';
import type { Prepared } from './prepare.ts';

/**
 * What became different since a person agreed: the change itself, or the object that it is made to. What controllers write all the time
 * (status, managedFields) does not count, except whether a pod that is to be deleted is still in the state that it was shown in.
 */
export function changesSince(agreed: readonly Prepared[], now: readonly Prepared[]): string[] {
  if (agreed.length !== now.length) return ['what there is to do'];
  return now.flatMap((one, index) => {
    const before = agreed[index];
    return before ? differences(before, one) : [];
  });
}

function differences(agreed: Prepared, now: Prepared): string[] {
  const { kind, name } = now.step.object;
  const changed = changedFields(agreed.action.before ?? {}, now.action.before ?? {});
  const fields = changed.map(({ path }) => path.join('.')).filter((path) => !path.includes(NUDGE));
  const isSame = same(whatHappens(agreed), whatHappens(now));
  return isSame || fields.length > 0 ? fields : [`${kind} ${name}`];
}

function whatHappens({ step, action }: Prepared): object {
  const { title, object, diff, owner } = step;
  return { title, object, owner, diff: diff.filter((text) => !text.includes(NUDGE)), state: podState(action) };
}

function podState({ request, before }: Action): object | null {
  if (request.method !== 'DELETE' || !before) return null;
  const pod = before as Pod;
  const waiting = containerStatuses(pod).map((one) => one.state?.waiting?.reason ?? null);
  return { phase: pod.status?.phase, ready: isReady(pod), waiting: waiting.some((reason) => reason !== null) };
}
