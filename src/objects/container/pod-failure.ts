import type { Confidence, EvidenceItem, Mitigation, Observation } from '../../model/finding.ts';
import type { Pod } from '../../model/kubernetes.ts';
import { nameOf, reference } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';
import { podGap } from '../operator/operator.ts';
import { describeNodes, nodesUnder } from '../remedy/manual-step.ts';

/** What keeps one pod from being Ready: the container, and the words for it. */
export interface PodFailure {
  pod: Pod;
  container: string;
  message: string;
  source: string;
}

/** What a rule says of all pods that fail in one way. */
interface Said {
  title: string;
  confidence: Confidence;
  /** Since when; the pod's creation when a rule does not know better. */
  since?: string | null;
  /** What else was seen. */
  evidence?: readonly EvidenceItem[];
  mitigation: Mitigation;
}

/** One observation about all these pods, made from the first of them; none when there is none. */
export function podObservations<Failure extends PodFailure>(
  failures: readonly Failure[],
  say: (first: Failure) => Said,
): Observation[] {
  const [first] = failures;
  if (!first) return [];
  const { title, confidence, since, evidence, mitigation } = say(first);
  const words = failures.filter((one) => one.message !== '');
  return [
    {
      title,
      object: reference('Pod', first.pod),
      since: since === undefined ? (first.pod.metadata?.creationTimestamp ?? null) : since,
      confidence,
      evidence: [...words.map(({ message, source }) => ({ text: message, source })), ...(evidence ?? [])],
      explains: failures.map((one) => podGap(one.pod)),
      mitigation,
    },
  ];
}

/** The nodes that these pods are on, for a sentence: `node cp-0`, `nodes cp-0 and cp-1`. */
export function nodesOf(failures: readonly PodFailure[]): string {
  const names = [...new Set(failures.flatMap(({ pod }) => pod.spec?.nodeName ?? []))].sort();
  const [last, ...others] = names.toReversed();
  if (last === undefined) return 'its node';
  return others.length === 0 ? `node ${last}` : `nodes ${others.toReversed().join(', ')} and ${last}`;
}

/** `kubectl -n kubevirt ` and what comes after it, for the namespace of a pod. */
export function inNamespace(pod: Pod, command: string): string {
  return `${shell`kubectl -n ${pod.metadata?.namespace}`} ${command}`;
}

/** A person looks at the pod, and then mends what it says. */
export function lookAt(action: string, { pod }: PodFailure): Mitigation {
  return { action, automatic: false, command: inNamespace(pod, shell`describe pod ${nameOf(pod)}`) };
}

/** A person looks at the nodes of these pods, and then mends on them what these say. */
export function lookAtNodes(
  action: string,
  failures: readonly PodFailure[],
  mend: (nodes: string) => readonly string[],
): Mitigation {
  const looks = describeNodes(nodesUnder(failures.map(({ pod }) => pod)));
  const [command = 'kubectl get nodes'] = looks;
  return { action, automatic: false, command, steps: [...looks, ...mend(nodesOf(failures))] };
}

/** Deleting these pods: their ReplicaSet makes new ones, which may go elsewhere. */
export function replacePods(failures: readonly PodFailure[]): Mitigation {
  const names = [...new Set(failures.map(({ pod }) => nameOf(pod)))];
  const [first] = failures;
  return {
    action: 'restart-pod',
    automatic: true,
    command: first ? inNamespace(first.pod, shell`delete pod ${names}`) : '',
  };
}
