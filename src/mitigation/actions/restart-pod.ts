import type { Pod } from '../../model/kubernetes.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import type { Operator } from '../../objects/operator/operator.ts';
import { unschedulable } from '../../objects/placement/refused-pods.ts';
import type { Context } from '../context.ts';
import { deletePod } from '../delete-pod.ts';
import type { ActionKind } from '../kind.ts';

/** Replaces one pod that is stuck: its ReplicaSet makes a new one, which may go elsewhere. */
export const restartPod: ActionKind = {
  summary: 'Delete one stuck or crash-looping pod, so that its ReplicaSet makes another',
  risk: 'low',
  rights: ['delete pods'],
  reversible: 'a deleted pod does not come back; its ReplicaSet makes another',
  lastResort: false,
  alsoFor: [],
  plan(context) {
    const pod = podToReplace(context);
    if (!pod) return 'no pod of virt-operator is stuck';
    const others = context.operator.ready.filter((one) => one !== pod).length;
    return [
      deletePod(pod, {
        name: 'restart-pod',
        title: `Delete pod ${nameOf(pod)}, so that its ReplicaSet makes another`,
        risk: 'low',
        cautions: [...(others > 0 ? [] : ['No other operator pod is ready meanwhile.']), ...keptOut(context.operator)],
      }),
    ];
  },
};

function keptOut({ uncreated, pods }: Operator): string[] {
  if (uncreated === 0 && unschedulable(pods).length === 0) return [];
  return [
    'Other operator pods cannot be made or find no node at present: mend that first, or the new pod will not run either.',
  ];
}

/** The pod that the finding is about; else one that the finding's own command deletes; else one that is not ready. */
function podToReplace({ operator, finding: { object, mitigation } }: Context): Pod | undefined {
  const byHand = mitigation?.action === 'restart-pod' ? mitigation.command.split(' ') : [];
  const named =
    operator.pods.find((pod) => object.kind === 'Pod' && nameOf(pod) === object.name) ??
    operator.pods.find((pod) => byHand.includes(nameOf(pod)));
  return named ?? operator.unready[0] ?? (object.kind === 'Lease' ? operator.ready[0] : undefined);
}
