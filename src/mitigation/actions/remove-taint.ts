import type { PatchOperation } from '../../model/change.ts';
import { list } from '../../objects/meta/list.ts';
import { shell } from '../../objects/meta/shell.ts';
import { type Taint, taintText } from '../../objects/node/taint.ts';
import type { Obstacle } from '../../objects/placement/placement.ts';
import { same } from '../changed-fields.ts';
import type { ActionKind } from '../kind.ts';
import { nodeToClear } from '../placement.ts';
import { jsonPatch } from '../requests.ts';
import { rightTo, targetOf } from '../target.ts';

/** Removes, from one node, the taints that people put there and virt-operator does not tolerate. */
export const removeTaint: ActionKind = {
  summary: 'Remove a taint that virt-operator does not tolerate from one node',
  risk: 'medium',
  rights: ['patch nodes'],
  reversible: true,
  lastResort: false,
  alsoFor: [],
  plan(context) {
    const found = nodeToClear(context, isTaint);
    if (!found) return 'no node that may run virt-operator has such a taint';
    const { node } = found;
    const unwanted = found.obstacles.filter(isTaint).map(({ taint }) => taint);
    const target = targetOf('Node', node);
    const texts = unwanted.map(taintText);
    return [
      {
        name: 'remove-taint',
        title: `Remove taint ${texts.join(', ')} from node ${target.name}: one node is enough to run virt-operator`,
        target,
        before: node,
        request: jsonPatch(target, node, removals(list<Taint>(node.spec?.taints), unwanted)),
        precondition: 'nobody changed it since it was read',
        risk: 'medium',
        cautions: ['Other pods that the taint kept away may come to this node.'],
        rights: [rightTo('patch', target)],
        undo: { possible: true },
        command: shell`kubectl taint node ${target.name} ${texts.map((text) => `${text}-`)}`,
      },
    ];
  },
};

/** Those that controllers set by a node's state, and set again, are obstacles of other kinds. */
function isTaint(obstacle: Obstacle): obstacle is Extract<Obstacle, { kind: 'taint' }> {
  return obstacle.kind === 'taint';
}

/** From the last to the first, so that the places of the others stay what they are. */
function removals(taints: readonly Taint[], unwanted: readonly Taint[]): PatchOperation[] {
  const places = taints.flatMap((taint, index) => (unwanted.some((one) => same(one, taint)) ? [index] : []));
  return places.reverse().flatMap((index) => [
    { op: 'test', path: `/spec/taints/${index}`, value: taints[index] },
    { op: 'remove', path: `/spec/taints/${index}` },
  ]);
}
