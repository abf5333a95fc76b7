import type { Action } from '../../model/action.ts';
import type { Deployment, LimitRange, Pod, PodSpec } from '../../model/kubernetes.ts';
import { crashesOf } from '../../objects/container/crash-class.ts';
import { addedDefaults } from '../../objects/creation/limit-range.ts';
import { list } from '../../objects/meta/list.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { shell } from '../../objects/meta/shell.ts';
import { known } from '../context.ts';
import { deletePod } from '../delete-pod.ts';
import type { ActionKind } from '../kind.ts';
import { pointer } from '../pointer.ts';
import { jsonPatch } from '../requests.ts';
import { rightTo, targetOf } from '../target.ts';

/** Takes away the memory limit at which the operator is killed, where it came from: KubeVirt's manifest sets none. */
export const removeMemoryLimit: ActionKind = {
  summary: 'Remove the memory limit at which virt-operator is killed',
  risk: 'medium',
  rights: ['patch deployments.apps', 'patch limitranges', 'delete pods'],
  reversible: true,
  lastResort: false,
  alsoFor: ['oom-killed-limit'],
  plan(context) {
    const { operator, evidence } = context;
    const events = known(evidence, 'events');
    const [crash] = crashesOf(operator, { readAt: evidence.readAt, ...(events && { events }) }, 'oom-killed-limit');
    const { deployment } = operator;
    if (!crash || !deployment) return 'no container of virt-operator was killed at its memory limit';
    const inTemplate = limitOf(deployment.spec?.template?.spec, crash.container);
    if (inTemplate) return [fromDeployment(deployment, inTemplate)];
    const limit = limitOf(crash.pod.spec, crash.container)?.value;
    const ranges = known(evidence, 'limitRanges');
    const range = list(ranges).flatMap((one) => defaultIn(one, limit) ?? [])[0];
    if (range) return [fromLimitRange(range), replace(crash.pod)];
    if (ranges && list(ranges).every((one) => !setsLimit(one)) && /memory limit/.test(addedDefaults(crash.pod)))
      return [replace(crash.pod)];
    return 'neither the Deployment nor the default of a LimitRange sets it: find what rewrites pods when they are made';
  },
};

interface Limit {
  index: number;
  container: string;
  value: string;
}

function limitOf(pod: PodSpec | null | undefined, container: string): Limit | null {
  const containers = list(pod?.containers);
  const index = containers.findIndex((one) => one.name === container);
  const value = containers[index]?.resources?.limits?.memory;
  return value ? { index, container, value } : null;
}

function fromDeployment(deployment: Deployment, { index, container, value }: Limit): Action {
  const target = targetOf('Deployment', deployment);
  const at = ['spec', 'template', 'spec', 'containers', index];
  const limit = pointer([...at, 'resources', 'limits', 'memory']);
  return {
    name: 'remove-memory-limit',
    title: `Remove the memory limit of ${value} from Deployment ${target.name}`,
    target,
    before: deployment,
    request: jsonPatch(target, deployment, [
      { op: 'test', path: pointer([...at, 'name']), value: container },
      { op: 'test', path: limit, value },
      { op: 'remove', path: limit },
    ]),
    precondition: 'nobody changed it since it was read',
    risk: 'medium',
    cautions: ['Without a limit it uses what it needs; the node may run out of memory in its place.'],
    rights: [rightTo('patch', target)],
    undo: { possible: true },
    command: shell`kubectl -n ${target.namespace} set resources deployment/${target.name} -c ${container} --limits=memory=0`,
  };
}

interface RangeDefault {
  range: LimitRange;
  index: number;
  value: string;
}

/** Where a LimitRange gives containers this limit because they have none. One that also sets a maximum would go on doing so. */
function defaultIn(range: LimitRange, value: string | undefined): RangeDefault | null {
  const items = list(range.spec?.limits);
  const index = items.findIndex((one) => one.type === 'Container' && one.default?.memory === value && !one.max?.memory);
  return index >= 0 && value !== undefined ? { range, index, value } : null;
}

function setsLimit(range: LimitRange): boolean {
  return list(range.spec?.limits).some((one) => !!one.default?.memory || !!one.max?.memory);
}

function fromLimitRange({ range, index, value }: RangeDefault): Action {
  const target = targetOf('LimitRange', range);
  const at = pointer(['spec', 'limits', index, 'default', 'memory']);
  const patch = JSON.stringify([{ op: 'remove', path: at }]);
  return {
    name: 'remove-memory-limit',
    title: `Remove the default memory limit of ${value} from LimitRange ${target.name}`,
    target,
    before: range,
    request: jsonPatch(target, range, [
      { op: 'test', path: at, value },
      { op: 'remove', path: at },
    ]),
    precondition: 'nobody changed it since it was read',
    risk: 'medium',
    cautions: ['Every new container in this namespace that sets no memory limit is then without one.'],
    rights: [rightTo('patch', target)],
    undo: { possible: true },
    command: shell`kubectl -n ${target.namespace} patch limitrange ${target.name} --type=json -p ${patch}`,
  };
}

/** A pod keeps the limit with which it was made. */
function replace(pod: Pod): Action {
  return deletePod(pod, {
    name: 'remove-memory-limit',
    title: `Delete pod ${nameOf(pod)}, which keeps the limit, so that its ReplicaSet makes another`,
    risk: 'low',
    cautions: [],
  });
}
