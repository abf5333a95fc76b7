import type { Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { isControlledBy, nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds, millis } from '../objects/meta/time.ts';
import { operatorOf, podGap, uncreatedGaps } from '../objects/operator/operator.ts';
import { pinnedNode, unpin } from '../objects/placement/pinned-template.ts';
import { containerStatuses } from '../objects/pod/pod.ts';

/** Kubernetes 1.36 pkg/kubelet/lifecycle/predicate.go, pkg/kubelet/cm/{admission,topologymanager}, pkg/kubelet/kubelet.go. */
const REASON =
  /^(?:OutOf.+|NodeAffinity|NodeName|NodePorts|UnexpectedAdmissionError|TopologyAffinityError|AppArmor|PodLevelResourcesNotSupported|PodOSNotSupported|PodOSSelectorNodeLabelDoesNotMatch|PodFeatureUnsupported|InvalidNodeInfo|SysctlForbidden|UnknownReason)$/;
/** Older rejections are history: a loop makes new ones all the time. */
const RECENT_SECONDS = 600;

export default defineRule({
  code: 'kubelet-admission-rejected',
  rung: 'node',
  severity: 'critical',
  meaning:
    "A node's kubelet refuses the operator pods that were sent to it: what the scheduler, or a fixed nodeName, took for granted is not so on the node.",
  impact: 'Each new operator pod ends as Failed at once, and the next one is made: the Failed pods pile up.',
  evidence:
    "Certain: in the last 10 minutes a pod of the operator's ReplicaSets ended as Failed with a reason that only a kubelet gives when it takes no pod (such as OutOfcpu, NodeAffinity or NodePorts), and pods are owed or not begun.",
  remedy:
    'Mend what the kubelet names (room, a label, a port on that node), or take a fixed nodeName out of the Deployment. The Failed pods may then be deleted.',
  commands: [
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator -o wide',
    'kubectl describe node NODE',
    'kubectl -n NAMESPACE patch deployment/virt-operator --type=json -p \'[{"op":"remove","path":"/spec/template/spec/nodeName"}]\'',
    'kubectl -n NAMESPACE delete pods -l kubevirt.io=virt-operator --field-selector=status.phase=Failed',
  ],
  related: [
    'host-port-conflict',
    'insufficient-memory',
    'node-selector-mismatch',
    'too-many-pods',
    'kubelet-not-acting',
    'kubelet-preempted',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const rejected = list(seen.pods)
      .filter((pod) => pod.status?.phase === 'Failed' && REASON.test(pod.status.reason ?? ''))
      .filter((pod) => operator.replicaSets.some((one) => isControlledBy(pod, one)))
      .filter((pod) => (ageSeconds(seen.readAt, pod.metadata?.creationTimestamp) ?? Infinity) < RECENT_SECONDS)
      .toSorted((a, b) => created(b) - created(a));
    const [newest] = rejected;
    const next = operator.unready.filter((pod) => containerStatuses(pod).length === 0);
    if (!newest || operator.uncreated + next.length === 0) return [];
    const node = newest.spec?.nodeName ?? '';
    const namespace = newest.metadata?.namespace ?? '';
    return [
      {
        title: `the kubelet of node ${node} refuses virt-operator's pods: ${newest.status?.reason}`,
        object: reference('Pod', newest),
        since: rejected.at(-1)?.metadata?.creationTimestamp ?? null,
        confidence: 'certain',
        evidence: [
          { text: newest.status?.message ?? '', source: `pod/${nameOf(newest)} status` },
          {
            text: `${rejected.length} refused in the last ${RECENT_SECONDS / 60} minutes`,
            source: `pods in ${namespace}`,
          },
        ],
        explains: [...uncreatedGaps(operator), ...next.filter((pod) => pod.spec?.nodeName === node).map(podGap)],
        mitigation:
          pinnedNode(operator.deployment) === node
            ? unpin(operator.deployment)
            : { action: 'repair-node', automatic: false, command: shell`kubectl describe node ${node}` },
      },
    ];
  },
});

function created(pod: Pod): number {
  return millis(pod.metadata?.creationTimestamp) ?? 0;
}
