import type { Pod } from '../../model/kubernetes.ts';
import { nameOf } from '../../objects/reference.ts';
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
        cautions: others > 0 ? [] : ['No other operator pod is ready meanwhile.'],
      }),
    ];
  },
};

/** The pod that the finding is about; where it is about the lease or the ServiceAccount, one that is not ready, else the first. */
function podToReplace({ operator, finding: { object } }: Context): Pod | undefined {
  const named = operator.pods.find((pod) => object.kind === 'Pod' && nameOf(pod) === object.name);
  return named ?? operator.unready[0] ?? (object.kind === 'Lease' ? operator.ready[0] : undefined);
}
