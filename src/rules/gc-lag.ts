import { defineRule } from '../model/rule.ts';
import { heldText, leftBehind, waitsForCollector } from '../objects/control-plane/garbage.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { leaseState } from '../objects/operator/lease.ts';

export default defineRule({
  code: 'gc-lag',
  rung: 'control-plane',
  order: 50,
  severity: 'info',
  meaning:
    'The garbage collector (a part of kube-controller-manager) does not do its work: objects wait to be deleted, and pods outlive their owner.',
  impact:
    'A Deployment that is deleted in the foreground does not go away, so that it cannot be made again. Old pods go on and count in alerts.',
  evidence:
    'Likely: a Deployment or ReplicaSet waits to be deleted though nothing is left below it, or a pod outlives its ReplicaSet, while kube-controller-manager renews its lease. It is told beside the cause.',
  remedy:
    'Read the log of kube-controller-manager for its garbage collector: a broken conversion webhook of any CustomResourceDefinition stops it, or a missing right.',
  commands: ['kubectl -n kube-system logs -l component=kube-controller-manager --tail=200'],
  related: ['controller-manager-down', 'deployment-deleting', 'pod-stuck-terminating-finalizer'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['controllerManagerLease', 'namespace'],
  evaluate(seen) {
    const { deployment, readAt, controllerManagerLease, namespace } = seen;
    const [replicaSets, pods] = [list(seen.replicaSets), list(seen.pods)];
    const isDown = !!controllerManagerLease && leaseState(controllerManagerLease, readAt).late;
    if (isDown || namespace === null || namespace?.metadata?.deletionTimestamp) return [];
    const waiting = [
      ...list([deployment])
        .filter((one) => waitsForCollector(one, replicaSets, readAt))
        .map((object) => ({ kind: 'Deployment', object })),
      ...replicaSets
        .filter((one) => waitsForCollector(one, pods, readAt))
        .map((object) => ({ kind: 'ReplicaSet', object })),
    ];
    const orphans = leftBehind(pods, replicaSets, readAt).map((object) => ({ kind: 'Pod', object }));
    const [first] = [...waiting, ...orphans];
    if (!first) return [];
    const name = nameOf(first.object);
    const what =
      waiting.length > 0 ? `the deletion of ${first.kind} ${name}` : `pod ${name}, whose ReplicaSet is gone,`;
    return [
      {
        title: `${what} waits for the garbage collector`,
        object: reference(first.kind, first.object),
        since: first.object.metadata?.deletionTimestamp ?? null,
        confidence: 'likely',
        evidence: [
          ...waiting.map(({ kind, object }) => ({
            text: heldText(object),
            source: `${kind.toLowerCase()}/${nameOf(object)} metadata`,
          })),
          ...orphans.map(({ object }) => ({
            text: 'its ReplicaSet does not exist',
            source: `pod/${nameOf(object)} metadata.ownerReferences`,
          })),
        ],
        explains: [],
        mitigation: {
          action: 'repair-garbage-collector',
          automatic: false,
          command: 'kubectl -n kube-system logs -l component=kube-controller-manager --tail=200',
        },
      },
    ];
  },
});
