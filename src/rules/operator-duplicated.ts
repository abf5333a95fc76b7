import type { EvidenceItem, Mitigation, ObjectReference } from '../model/finding.ts';
import type { Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { controllerOf, nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { heldEvidence } from '../objects/operator/lease.ts';
import { type Operator, operatorOf } from '../objects/operator/operator.ts';
import { type SecondOperator, secondOperators, unseenHolder } from '../objects/operator/stranger.ts';

export default defineRule({
  code: 'operator-duplicated',
  rung: 'leader',
  order: 2,
  severity: 'warning',
  meaning:
    'A second virt-operator runs beside the Deployment: a copy of it, an old ReplicaSet, or a process that somebody started. Both ask for the same lease and act on the same KubeVirt resource.',
  impact:
    'Only the one that holds the lease acts, and it installs its own version of KubeVirt: whenever the lease changes hands, one may undo what the other did. Alerts count the pods of both.',
  evidence:
    'Certain: a Ready pod is labelled kubevirt.io=virt-operator and its controller does not belong to the Deployment. Likely: the lease goes on being renewed by a holder that is no pod with that label. The cause where one of these leads although the Deployment has Ready pods; else told beside the cause.',
  remedy:
    'Find out which of the two is meant to be. See that this one is Ready before the other is scaled to 0 or deleted: while it alone leads, the other is all that works.',
  commands: [
    'kubectl -n NAMESPACE get deployments,replicasets,pods -l kubevirt.io=virt-operator -o wide',
    'kubectl -n NAMESPACE get lease virt-operator -o yaml',
    'kubectl get pods -A --field-selector metadata.name=POD',
    'kubectl -n NAMESPACE scale deployment/WORKLOAD --replicas=0',
    'kubectl -n NAMESPACE scale replicaset/REPLICASET --replicas=0',
  ],
  related: ['no-leader', 'label-drift', 'multiple-kubevirt', 'gc-lag', 'deployment-scaled-to-zero'],
  needs: ['deployment', 'replicaSets', 'pods', 'operatorLease'],
  wants: ['leaseHolderPod'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const name = nameOf(operator.deployment);
    const namespace = operator.deployment?.metadata?.namespace ?? '';
    const lease = leaderState(seen.operatorLease, seen.pods, seen.readAt);
    const held = heldEvidence(lease, namespace);
    const seconds = secondOperators(seen).map((second) => ({
      since: null,
      title: titleOf(second, name),
      object: second.owner,
      confidence: 'certain' as const,
      evidence: [...second.pods.map((pod) => ownedBy(pod, second.owner)), ...(second.leads ? [held] : [])],
      explains: second.leads && operator.ready.length > 0 ? ['leader'] : [],
      mitigation: stop(second.owner, operator),
    }));
    const unseen = unseenHolder(seen);
    const { leaseHolderPod } = seen;
    // A pod that lost its label and its owner is no second operator.
    if (unseen === null || (leaseHolderPod && !controllerOf(leaseHolderPod))) return seconds;
    return [
      ...seconds,
      {
        since: null,
        title: `${unseen} holds the lease and is no pod of Deployment ${name}`,
        object: { kind: 'Lease', namespace, name: 'virt-operator' },
        explains: operator.ready.length > 0 ? ['leader'] : [],
        confidence: 'likely',
        evidence: [
          held,
          { text: `no pod labelled kubevirt.io=virt-operator is called ${unseen}`, source: `pods in ${namespace}` },
          ...(leaseHolderPod ? [belongs(leaseHolderPod)] : []),
        ],
        mitigation: look(shell`kubectl get pods -A --field-selector metadata.name=${unseen}`),
      },
    ];
  },
});

function titleOf({ owner, pods, leads }: SecondOperator, name: string): string {
  const who = `${owner.kind} ${owner.name}`;
  return leads
    ? `a pod of ${who} leads, not one of Deployment ${name}`
    : `${who} runs ${pods.length === 1 ? 'a second operator pod' : `${pods.length} more operator pods`} beside Deployment ${name}`;
}

function belongs(pod: Pod): EvidenceItem {
  const { kind, name } = controllerOf(pod) ?? {};
  return { text: `belongs to ${kind} ${name}`, source: `pod/${nameOf(pod)} metadata.ownerReferences` };
}

function ownedBy(pod: Pod, { kind, name }: ObjectReference): EvidenceItem {
  return { text: `Ready, and belongs to ${kind} ${name}`, source: `pod/${nameOf(pod)} metadata.ownerReferences` };
}

/** Not while the Deployment itself has nothing that would take over. */
function stop({ kind, namespace, name }: ObjectReference, { ready }: Operator): Mitigation {
  if (ready.length > 0 && (kind === 'Deployment' || kind === 'ReplicaSet')) {
    return look(shell`kubectl -n ${namespace} scale ${kind.toLowerCase()}/${name} --replicas=0`);
  }
  return look(shell`kubectl -n ${namespace} get deployments,replicasets,pods -l kubevirt.io=virt-operator -o wide`);
}

function look(command: string): Mitigation {
  return { action: 'keep-one-operator', automatic: false, command };
}
