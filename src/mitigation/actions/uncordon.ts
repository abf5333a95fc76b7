import type { Node } from '../../model/kubernetes.ts';
import { shell } from '../../objects/meta/shell.ts';
import type { ActionKind } from '../kind.ts';
import { nodeToClear } from '../placement.ts';
import { mergePatch } from '../requests.ts';
import { rightTo, targetOf } from '../target.ts';

/** Signs that maintenance goes on: of OpenShift's machine-config operator, kured, the Cluster Autoscaler. */
const MAINTENANCE = /machineconfiguration\.openshift\.io\/state|weave\.works\/kured|ToBeDeletedByClusterAutoscaler/;

/** Lets one cordoned node take pods again. */
export const uncordon: ActionKind = {
  summary: 'Let one cordoned node take new pods again',
  risk: 'medium',
  rights: ['patch nodes'],
  reversible: true,
  lastResort: false,
  alsoFor: ['evicted-by-api'],
  plan(context) {
    const found = nodeToClear(context, ({ kind }) => kind === 'cordoned');
    if (!found) return 'no node that may run virt-operator is cordoned';
    const target = targetOf('Node', found.node);
    return [
      {
        name: 'uncordon',
        title: `Uncordon node ${target.name}: one node is enough to run virt-operator`,
        target,
        before: found.node,
        request: mergePatch(target, found.node, { spec: { unschedulable: null } }),
        precondition: 'nobody changed it since it was read',
        risk: 'medium',
        cautions: ['A node is cordoned on purpose: make sure that its maintenance is over.', ...signsOf(found.node)],
        rights: [rightTo('patch', target)],
        undo: { possible: true },
        command: shell`kubectl uncordon ${target.name}`,
      },
    ];
  },
};

function signsOf({ metadata }: Node): string[] {
  const marks = Object.entries({ ...metadata?.annotations, ...metadata?.labels });
  return marks
    .filter(([key, value]) => MAINTENANCE.test(key) && !(key.endsWith('/state') && value === 'Done'))
    .map(([key, value]) => `It carries ${key}=${value}.`);
}
