import { ACTION_NAMES, type ActionName } from '../model/action.ts';
import type { Right } from '../model/request.ts';
import { ACTIONS } from './actions/index.ts';
import { isClusterResource } from './target.ts';

/** A right that a repair needs; `action` null: the note that it leaves. */
export interface NeededWrite {
  action: ActionName | null;
  right: Right;
}

/** Every right that repairs may need, with virt-operator in this namespace; one may come more than once. What is changed is read again when somebody else was faster. */
export function neededWrites(namespace: string): NeededWrite[] {
  const rights = ACTION_NAMES.flatMap((action) =>
    ACTIONS[action].rights.flatMap((words) => {
      const right = rightIn(words, namespace);
      const read = { ...right, verb: 'get', resource: right.resource.split('/')[0] ?? '' };
      return [right, read].map((one) => ({ action, right: one }));
    }),
  );
  return [...rights, { action: null, right: { verb: 'create', group: '', resource: 'events', namespace } }];
}

/** `patch deployments.apps/scale` as a right. */
function rightIn(words: string, namespace: string): Right {
  const [verb = '', target = ''] = words.split(' ');
  const [full = '', subresource] = target.split('/');
  const [resource = '', ...group] = full.split('.');
  return {
    verb,
    group: group.join('.'),
    resource: subresource ? `${resource}/${subresource}` : resource,
    namespace: isClusterResource(resource) ? null : namespace,
  };
}
