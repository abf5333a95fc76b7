import type { Mitigation, Observation } from '../../model/finding.ts';
import { reference } from '../meta/reference.ts';
import { type BlockedPlacement, placementObservations } from './blocked-placement.ts';

/**
 * What the scheduler says keeps pods out, where the nodes or the pods on them could not be read and no arithmetic tells: its words name no
 * node (Kubernetes 1.36 pkg/scheduler/framework/plugins: noderesources, nodeports, interpodaffinity, podtopologyspread).
 */
export function onlyTold(
  blocked: BlockedPlacement,
  pattern: RegExp,
  title: (match: RegExpExecArray, noNode: string) => string,
  mitigation: Mitigation,
): Observation[] {
  const isUnknown = !blocked.nodesRead || blocked.candidates.some(({ obstacles }) => obstacles[0]?.kind === 'unknown');
  const match = pattern.exec(blocked.words[0]?.text ?? '');
  if (!isUnknown || !match) return [];
  const isKnown = blocked.candidates.some(({ obstacles: [first] }) => first && first.kind !== 'unknown');
  return [
    {
      title: title(match, isKnown ? 'no other node' : 'no node'),
      object: reference('Pod', blocked.pods[0]),
      since: blocked.since,
      confidence: 'likely',
      evidence: blocked.words,
      explains: blocked.gaps,
      mitigation,
    },
  ];
}

/** Reasons that are told where the nodes themselves could not be read: likely where the words name nothing else that is in the way, else possible. */
export function toldOfNodes(
  blocked: BlockedPlacement,
  pattern: RegExp,
  title: (match: RegExpExecArray) => string,
  mitigation: Mitigation,
): Observation[] {
  if (blocked.nodesRead) return [];
  const confidence = isAllThatIsSaid(blocked, pattern) ? 'likely' : 'possible';
  return onlyTold(blocked, pattern, title, mitigation).map((one) => ({ ...one, confidence }));
}

/** The same for a taint that a controller sets by a node's state: up to Kubernetes 1.33 the words name it (pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go). */
export function toldOfTaint(
  seen: Parameters<typeof placementObservations>[0],
  taint: RegExp,
  title: (nodesAre: string) => string,
): Observation[] {
  const pattern = new RegExp(
    String.raw`(\d+) node\(s\) had untolerated taint \{node\.kubernetes\.io/(?:${taint.source}):`,
  );
  const mitigation = { action: 'repair-node', automatic: false, command: 'kubectl describe nodes' };
  return placementObservations(seen, (blocked) =>
    toldOfNodes(
      blocked,
      pattern,
      ([, count]) => title(`${countOfNodes(count)} ${count === '1' ? 'is' : 'are'}`),
      mitigation,
    ),
  );
}

/** `1 node` or `3 nodes`. */
export function countOfNodes(count: string | undefined): string {
  return count === '1' ? '1 node' : `${count} nodes`;
}

/** What keeps a pod off nodes that are not meant for it (Kubernetes 1.36 pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go). */
const NOT_MEANT = /didn't match Pod's node affinity/;

/** Whether the scheduler says that no node is meant for the pod, where the nodes could not be read. */
export function isNoneMeant(blocked: BlockedPlacement): boolean {
  return !blocked.nodesRead && isAllThatIsSaid(blocked, NOT_MEANT);
}

/** Whether all nodes that may be meant for the pod are out of use for this one reason: the words count the others too. */
function isAllThatIsSaid({ words }: BlockedPlacement, pattern: RegExp): boolean {
  const text = words[0]?.text ?? '';
  const reasons = /nodes are available: (.*?)\. ?(?:no new claims|preemption|$)/.exec(text)?.[1]?.split(', ') ?? [];
  return reasons.length > 0 && reasons.every((reason) => pattern.test(reason) || NOT_MEANT.test(reason));
}
