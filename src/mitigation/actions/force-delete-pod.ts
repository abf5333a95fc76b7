import type { Node, Pod } from '../../model/kubernetes.ts';
import { condition } from '../../objects/meta/condition.ts';
import { list } from '../../objects/meta/list.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { ageSeconds } from '../../objects/meta/time.ts';
import { isDeleting } from '../../objects/pod/pod.ts';
import { type Context, known } from '../context.ts';
import { deletePod } from '../delete-pod.ts';
import type { ActionKind } from '../kind.ts';

/** A node that reports again within this time was not gone (catalogue of Kubernetes: pods are evicted after as long). */
const GONE_SECONDS = 300;

/** Takes a pod off the books whose node will never say that it ended. */
export const forceDeletePod: ActionKind = {
  summary: 'Force-delete one pod whose node does not exist any more or has been silent for 5 minutes',
  risk: 'medium',
  rights: ['delete pods'],
  reversible: 'a deleted pod does not come back; its ReplicaSet makes another',
  lastResort: false,
  alsoFor: ['pod-stuck-terminating-on-dead-node'],
  plan(context) {
    const [lost] = lostPods(context);
    if (!lost) return 'every pod of virt-operator is on a node that exists and has reported within 5 minutes';
    const { pod, why } = lost;
    return [
      deletePod(pod, {
        name: 'force-delete-pod',
        title: `Force-delete pod ${nameOf(pod)}: ${why}`,
        risk: 'medium',
        cautions: ['If that machine still runs, so does its container, until the machine is switched off.'],
        now: true,
      }),
    ];
  },
};

/** Operator pods on nodes that are gone, or have been silent for so long that they may be taken for gone. */
function lostPods({ evidence }: Context): { pod: Pod; why: string }[] {
  const nodes = known(evidence, 'nodes');
  const overview = known(evidence, 'nodeOverview');
  if (!nodes || !overview) return [];
  const names = new Set([...overview.nodes.map(({ name }) => name), ...nodes.map(nameOf)]);
  return list(known(evidence, 'pods')).flatMap((pod) => {
    const on = pod.spec?.nodeName;
    if (!on) return [];
    if (!names.has(on))
      return overview.total > overview.nodes.length ? [] : [{ pod, why: `node ${on} does not exist` }];
    const node = nodes.find((one) => nameOf(one) === on);
    const silent = node && isDeleting(pod) ? silence(node, evidence.readAt) : 0;
    return silent > GONE_SECONDS ? [{ pod, why: `node ${on} has not reported for ${Math.round(silent)}s` }] : [];
  });
}

function silence(node: Node, readAt: string): number {
  const ready = condition(node.status?.conditions, 'Ready');
  return ready?.status === 'Unknown' ? (ageSeconds(readAt, ready.lastTransitionTime) ?? 0) : 0;
}
