import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { operatorOf, workloadGaps } from '../objects/operator/operator.ts';
import { disruption } from '../objects/pod/disruption.ts';

/** Such pods stay listed; those of long ago say nothing of now. */
const RECENT_SECONDS = 3600;

export default defineRule({
  code: 'kubelet-preempted',
  rung: 'node',
  severity: 'info',
  meaning: "A node's kubelet ended operator pods to admit a critical pod, mostly a static pod of the control plane.",
  impact: 'The pod is replaced; the node is short of room.',
  evidence:
    'Certain: in the last hour an operator pod ended as Failed with reason Preempting, which its kubelet writes. It is told beside the cause, and only while the operator lacks something.',
  remedy: 'Make room on that node, or leave the operator to another one.',
  commands: ['kubectl describe node NODE'],
  related: ['insufficient-memory', 'preempted', 'kubelet-admission-rejected'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    if (workloadGaps(operatorOf(seen)).length === 0) return [];
    const ended = list(seen.pods).filter(
      (one) =>
        one.status?.phase === 'Failed' &&
        one.status.reason === 'Preempting' &&
        (ageSeconds(seen.readAt, disruption(one)?.time) ?? 0) < RECENT_SECONDS,
    );
    const [pod] = ended;
    if (!pod) return [];
    return [
      {
        title: `the kubelet of node ${pod.spec?.nodeName ?? '<none>'} ended operator pods to admit a critical pod`,
        object: reference('Pod', pod),
        since: disruption(pod)?.time ?? null,
        confidence: 'certain',
        evidence: ended.map((one) => ({ text: one.status?.message ?? '', source: `pod/${nameOf(one)} status` })),
        explains: [],
        mitigation: {
          action: 'make-room',
          automatic: false,
          command: shell`kubectl describe node ${pod.spec?.nodeName ?? ''}`,
        },
      },
    ];
  },
});
