import type { Action, ActionName } from '../model/action.ts';
import type { Pod } from '../model/kubernetes.ts';
import { shell } from '../objects/meta/shell.ts';
import { deletion } from './requests.ts';
import { rightTo, targetOf } from './target.ts';

type Words = Pick<Action, 'title' | 'risk' | 'cautions'> & { name: ActionName; now?: boolean };

/** Deletes one pod, and only this one: another that took its name is left alone. */
export function deletePod(pod: Pod, { now = false, ...words }: Words): Action {
  const target = targetOf('Pod', pod);
  const force = now ? ' --force --grace-period=0' : '';
  return {
    ...words,
    target,
    before: pod,
    request: deletion(target, pod, { now }),
    precondition: 'it is still the same pod in the same state',
    rights: [rightTo('delete', target)],
    undo: { possible: false, why: 'its ReplicaSet has made another one' },
    command: `${shell`kubectl -n ${target.namespace} delete pod ${target.name}`}${force}`,
  };
}
