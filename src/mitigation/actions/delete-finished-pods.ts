import { list } from '../../objects/meta/list.ts';
import { isControlledBy, nameOf } from '../../objects/meta/reference.ts';
import { isDeleting, isFinished } from '../../objects/pod/pod.ts';
import { known } from '../context.ts';
import { deletePod } from '../delete-pod.ts';
import type { ActionKind } from '../kind.ts';
import { nudgeAfterwards } from '../nudge.ts';

/** More at once would be tidying, not repair. */
const MOST = 10;

/** Deletes what is left of operator pods that ended: they still count in `count/pods`. */
export const deleteFinishedPods: ActionKind = {
  summary: 'Delete operator pods that ended and still count in a quota',
  risk: 'none',
  rights: ['delete pods'],
  reversible: 'a deleted pod does not come back; these had ended',
  lastResort: false,
  alsoFor: ['quota-exceeded', 'node-pressure', 'kubelet-admission-rejected'],
  plan(context) {
    const { evidence, operator } = context;
    const finished = list(known(evidence, 'pods')).filter(
      (pod) =>
        isFinished(pod) &&
        !isDeleting(pod) &&
        operator.replicaSets.some((replicaSet) => isControlledBy(pod, replicaSet)),
    );
    if (finished.length === 0) return 'no operator pod that ended is left';
    const deletions = finished.slice(0, MOST).map((pod) =>
      deletePod(pod, {
        name: 'delete-finished-pods',
        title: `Delete pod ${nameOf(pod)}, which ended (${pod.status?.reason ?? pod.status?.phase})`,
        risk: 'none',
        cautions: [],
      }),
    );
    return [...deletions, ...nudgeAfterwards(context)];
  },
};
