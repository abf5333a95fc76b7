import { defineRule } from '../model/rule.ts';
import { isUntroubled } from '../objects/container/starting.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { type Operator, operatorOf, podGap, uncreatedGaps } from '../objects/operator/operator.ts';
import { type Ender, type ReplacedPod, replacedPods } from '../objects/pod/replaced-pods.ts';
import { describeNodes } from '../objects/remedy/manual-step.ts';

/** So many rounds of all replicas are no single restart, drain or repair. */
const ROUNDS = 2;
const LEAST_SECONDS = 5;
const STALE_SECONDS = 420;
/** Who looks for the cause of something else deletes pods, too, but not so fast. */
const BY_HAND_SECONDS = 60;

export default defineRule({
  code: 'pod-churn',
  rung: 'node',
  order: 5,
  severity: 'critical',
  meaning:
    'Operator pods are ended and replaced again and again, before they can do their work. The pods of any one look seem to have just started.',
  impact: 'The operator comes to lead late or never, and loses the lead at each turn.',
  evidence:
    'Likely: in the last 15 minutes at least twice as many pods of the present ReplicaSet ended as it has replicas, and no pod has stayed longer than those before. Who ended them is read from DisruptionTarget conditions and events; where neither says, only the audit log knows, and it is merely possible unless they live for less than a minute: a person deletes pods as well.',
  remedy: 'Stop what ends the pods, or leave virt-operator out of it. Waiting brings nothing.',
  commands: [
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator',
    'kubectl -n NAMESPACE get events --sort-by=.lastTimestamp',
    'kubectl describe node NODE',
  ],
  related: ['taint-tolerated-briefly', 'active-deadline', 'evicted-by-api', 'preempted', 'node-pressure'],
  needs: ['deployment', 'replicaSets', 'pods', 'events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const replaced = replacedPods(operator, seen);
    const least = Math.max(3, ROUNDS * (operator.desired ?? 1));
    const lately = replaced.slice(0, least);
    const [newest] = lately;
    if (!newest || lately.length < least || isOver(operator, lately, seen.readAt)) return [];
    const { by, some } = mostOften(lately);
    const namespace = operator.deployment?.metadata?.namespace ?? '';
    const nodes = by === 'kubelet' ? [...new Set(some.flatMap(({ node }) => node ?? []))] : [];
    const looks = [...describeNodes(nodes), shell`kubectl -n ${namespace} get events --sort-by=.lastTimestamp`];
    return [
      {
        title: `operator pods are replaced again and again, ${replaced.length} in the last ${minutes(replaced, seen.readAt)}: ${WHO[by]}`,
        object: reference('ReplicaSet', operator.current),
        since: replaced.at(-1)?.time ?? null,
        confidence: by === 'deletion' && life(operator, lately, seen.readAt) > BY_HAND_SECONDS ? 'possible' : 'likely',
        evidence: [
          ...some.slice(0, 3).map(({ said }) => said),
          { text: `${replaced.length} pods are gone, the newest is ${newest.name}`, source: `events in ${namespace}` },
        ],
        explains: [
          ...operator.unready.filter(isUntroubled).map(podGap),
          ...(by === 'deletion' || by === 'scaling' ? [] : uncreatedGaps(operator)),
          'leader',
        ],
        mitigation: {
          action: 'stop-replacing',
          automatic: false,
          command: looks[0] ?? '',
          steps: [...looks, STOP[by]],
        },
      },
    ];
  },
});

const WHO: Record<Ender, string> = {
  taint: 'the control plane deletes them for a NoExecute taint of their node',
  descheduler: 'the descheduler evicts them',
  vpa: 'a VerticalPodAutoscaler evicts them',
  eviction: 'something evicts them through the API, as a drain or the descheduler does',
  preemption: 'the scheduler gives their room to pods of higher priority',
  kubelet: 'the kubelets of their nodes end them',
  scaling: 'their own ReplicaSet deletes them, for something changes its replicas',
  deletion: 'somebody or something deletes them',
};

const STOP: Record<Ender, string> = {
  taint: 'Take the NoExecute taint off the nodes, or let the pods tolerate it without tolerationSeconds.',
  descheduler: "Leave the namespace out of the descheduler's policy, or stop the descheduler.",
  vpa: 'Set updatePolicy.updateMode of the VerticalPodAutoscaler for virt-operator to Off, or delete it: kubectl get vpa -A.',
  eviction:
    'Find who evicts: a drain that goes on (kubectl get nodes), an autoscaler, the descheduler. The audit log names the user (pods/eviction).',
  preemption: 'Make room, or see that the Deployment has its priority class (kubectl get priorityclasses).',
  kubelet: 'Mend on those nodes what their words name: disk space, memory, processes.',
  scaling: 'Find what changes spec.replicas: an autoscaler (kubectl get hpa -A), a GitOps tool, or two that disagree.',
  deletion:
    "Find who deletes: the API server's audit log names the user (verb delete, resource pods). Cleanup jobs, chaos tools and policies do so.",
};

function mostOften(replaced: readonly ReplacedPod[]): { by: Ender; some: ReplacedPod[] } {
  const groups = [...Map.groupBy(replaced, ({ by }) => by)];
  const [by, some] = groups.toSorted((a, b) => weight(b) - weight(a))[0] ?? ['deletion', []];
  return { by, some };
}

/** Who is named counts before those that nothing names: events get lost. */
function weight([by, some]: [Ender, ReplacedPod[]]): number {
  return by === 'deletion' ? some.length / 10 : some.length;
}

/** For how many seconds a pod was there, on average. */
function life({ desired }: Operator, replaced: readonly ReplacedPod[], readAt: string): number {
  const [newest = 0, oldest = 0] = endsOf(replaced, readAt);
  return ((oldest - newest) / (replaced.length - 1)) * (desired ?? 1);
}

/** How many seconds ago the newest and the oldest of them went. */
function endsOf(replaced: readonly ReplacedPod[], readAt: string): number[] {
  return [replaced[0], replaced.at(-1)].map((one) => ageSeconds(readAt, one?.time) ?? 0);
}

/** Whether all went within seconds, as by a command given twice, or the present pods live longer already than those before them. */
function isOver(operator: Operator, replaced: readonly ReplacedPod[], readAt: string): boolean {
  const [newest = 0, oldest = 0] = endsOf(replaced, readAt);
  const ages = operator.pods.flatMap((pod) => ageSeconds(readAt, pod.metadata?.creationTimestamp) ?? []);
  return (
    oldest - newest < LEAST_SECONDS ||
    newest > STALE_SECONDS ||
    Math.min(newest, ...ages) > life(operator, replaced, readAt) + 60
  );
}

function minutes(replaced: readonly ReplacedPod[], readAt: string): string {
  const seconds = ageSeconds(readAt, replaced.at(-1)?.time) ?? 0;
  return seconds < 120 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
