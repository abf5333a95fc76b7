import type { Action } from '../../model/action.ts';
import type { ResourceQuota } from '../../model/kubernetes.ts';
import { type Overrun, overruns, overrunText, quotaCovers } from '../../objects/creation/quota.ts';
import { list } from '../../objects/meta/list.ts';
import { shell } from '../../objects/meta/shell.ts';
import { known } from '../context.ts';
import type { ActionKind } from '../kind.ts';
import { nudgeAfterwards } from '../nudge.ts';
import { mergePatch } from '../requests.ts';
import { rightTo, targetOf } from '../target.ts';

/** Raises each quota that leaves no room for the pods that are missing, by what these need and no more. */
export const raiseQuota: ActionKind = {
  summary: 'Raise a quota by what the missing operator pods need',
  risk: 'medium',
  rights: ['patch resourcequotas', 'patch replicasets.apps'],
  reversible: true,
  lastResort: false,
  alsoFor: [],
  plan(context) {
    const { evidence, operator } = context;
    const pod = operator.deployment?.spec?.template?.spec;
    const missing = Math.max(1, operator.uncreated);
    const raises = list(known(evidence, 'resourceQuotas'))
      .filter((quota) => quotaCovers(quota, pod))
      .map((quota) => ({ quota, over: overruns(quota, pod) }))
      .filter(({ over }) => over.length > 0)
      .map(({ quota, over }) => raise(quota, over, missing));
    if (raises.length === 0)
      return 'no quota that could be read lacks room: it may be one of several namespaces together';
    return [...raises, ...nudgeAfterwards(context)];
  },
};

function raise(quota: ResourceQuota, over: readonly Overrun[], missing: number): Action {
  const target = targetOf('ResourceQuota', quota);
  const hard = Object.fromEntries(
    over.map(({ resource, used, requested }) => [resource, quantityText(resource, used + missing * requested)]),
  );
  const words = Object.entries(hard).map(([resource, text]) => `${resource} to ${text}`);
  return {
    name: 'raise-quota',
    title: `Raise ResourceQuota ${target.name}: ${words.join(', ')}`,
    target,
    before: quota,
    request: mergePatch(target, quota, { spec: { hard } }),
    precondition: 'nobody changed it since it was read',
    risk: 'medium',
    cautions: over.map(overrunText),
    rights: [rightTo('patch', target)],
    undo: { possible: true },
    command: shell`kubectl -n ${target.namespace} patch resourcequota ${target.name} --type=merge -p ${JSON.stringify({ spec: { hard } })}`,
  };
}

/** A sum as a quantity, never less than the sum: memory in Mi, cpu in thousandths, the rest whole. */
function quantityText(resource: string, value: number): string {
  if (/memory|storage/.test(resource)) return `${Math.ceil(value / 2 ** 20)}Mi`;
  return /cpu/.test(resource) ? `${Math.ceil(Math.round(value * 1e6) / 1e3)}m` : `${Math.ceil(value)}`;
}
