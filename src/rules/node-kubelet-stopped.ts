import type { EvidenceItem, Observation } from '../model/finding.ts';
import type { Lease, Node, Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { lookAtNodes, nodesOf, podObservations } from '../objects/container/pod-failure.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { renewedAt } from '../objects/operator/lease.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { nodeTrouble } from '../objects/placement/node-trouble.ts';
import { toldOfTaint } from '../objects/placement/told-placement.ts';
import { isLeftByKubelet } from '../objects/pod/left-pod.ts';
import { describeNodes } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'node-kubelet-stopped',
  rung: 'scheduling',
  severity: 'critical',
  meaning: "A node's kubelet no longer reports: the machine, its network or the kubelet itself is down.",
  impact: 'Operator pods on that node are lost, whatever their status says, and no new pod may go there.',
  evidence:
    "Certain: the node's Ready condition is Unknown, which kube-controller-manager writes when a kubelet is silent. Only nodes count that an operator pod is on or could go to. Likely for several nodes where webhooks may not be read, as one can silence kubelets; and where nodes may not be read, but a pod is not Ready although its kubelet last said that its containers are, or the scheduler names the taint.",
  remedy:
    'Bring the machine or its kubelet back. Pods that stay Terminating there are not what keeps the operator down.',
  commands: ['kubectl get nodes', 'kubectl describe node NODE', 'kubectl -n kube-node-lease get lease NODE -o yaml'],
  related: [
    'webhook-blocks-control-plane',
    'all-candidates-down',
    'node-runtime-or-cni-notready',
    'taint-not-ready',
    'both-replicas-on-one-node',
    'kubelet-not-acting',
    'node-deleted',
    'node-lease-stale-but-ready',
    'node-shutdown',
    'pod-stuck-terminating-on-dead-node',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodeLeases', 'nodePods', 'webhooks'],
  evaluate(seen) {
    if (seen.nodes === undefined) {
      const words = toldOfTaint(seen, /unreachable/, (nodes) => `${nodes} silent, and no other takes virt-operator`);
      return [...fromPods(operatorOf(seen).unready.filter(isLeftByKubelet)), ...words];
    }
    const {
      nodes: concerned,
      gaps,
      next,
      words,
    } = nodeTrouble(seen, operatorOf(seen), { kind: 'kubelet-stopped', has: isSilent });
    const [node] = concerned;
    if (!node) return [];
    const names = concerned.map(nameOf).join(', ');
    return [
      {
        title: `${concerned.length === 1 ? `node ${names} no longer reports` : `nodes ${names} no longer report`}: the kubelet or the machine is down`,
        object: { kind: 'Node', namespace: null, name: nameOf(node) },
        since: condition(node.status?.conditions, 'Ready')?.lastTransitionTime ?? null,
        // A webhook may keep all kubelets from reporting.
        confidence: concerned.length > 1 && seen.forbidden.includes('webhooks') ? 'likely' : 'certain',
        evidence: [...concerned.flatMap((one) => evidenceOf(one, seen.nodeLeases, seen.readAt)), ...words],
        explains: gaps,
        next,
        mitigation: {
          action: 'repair-node',
          automatic: false,
          command: shell`kubectl describe node ${nameOf(node)}`,
          steps: [...describeNodes(concerned.map(nameOf)), ...startAgain(names)],
        },
      },
    ];
  },
});

/** Where the nodes could not be read, the pods there tell. */
function fromPods(left: readonly Pod[]): Observation[] {
  const failures = left.map((pod) => ({
    pod,
    container: '',
    message: 'not Ready, although its kubelet last said that all its containers are',
    source: `pod/${nameOf(pod)} status.conditions[Ready]`,
  }));
  return podObservations(failures, (first) => ({
    title: `the kubelet of ${nodesOf(failures)} seems to report no more`,
    since: condition(first.pod.status?.conditions, 'Ready')?.lastTransitionTime ?? null,
    confidence: 'likely',
    mitigation: lookAtNodes('repair-node', failures, startAgain),
  }));
}

function startAgain(nodes: string): string[] {
  return [`Start the machine or its kubelet again (${nodes}); on it: systemctl status kubelet; journalctl -u kubelet`];
}

function isSilent(node: Node): boolean {
  return condition(node.status?.conditions, 'Ready')?.status === 'Unknown';
}

function evidenceOf(node: Node, leases: readonly Lease[] | null | undefined, readAt: string): EvidenceItem[] {
  const name = nameOf(node);
  const ready = condition(node.status?.conditions, 'Ready');
  const age = ageSeconds(readAt, renewedAt(list(leases).find((lease) => nameOf(lease) === name)));
  return [
    {
      text: `Ready is Unknown: ${ready?.message ?? ready?.reason ?? ''}`,
      source: `node/${name} status.conditions[Ready]`,
    },
    ...(age === null
      ? []
      : [{ text: `not renewed for ${Math.round(age)}s`, source: `lease/${name} in kube-node-lease` }]),
  ];
}
