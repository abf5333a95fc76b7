import type { Mitigation, Observation } from '../../model/finding.ts';
import { reference } from '../meta/reference.ts';
import type { BlockedPlacement } from './blocked-placement.ts';

/**
 * What the scheduler says keeps pods out, where the nodes or the pods on them could not be read and no arithmetic tells: its words name no
 * node (Kubernetes 1.36 pkg/scheduler/framework/plugins: noderesources, nodeports, interpodaffinity, podtopologyspread).
 */
export function onlyTold(
  blocked: BlockedPlacement,
  pattern: RegExp,
  title: (match: RegExpExecArray) => string,
  mitigation: Mitigation,
): Observation[] {
  const isUnknown = !blocked.nodesRead || blocked.candidates.some(({ obstacles }) => obstacles[0]?.kind === 'unknown');
  const match = pattern.exec(blocked.words[0]?.text ?? '');
  if (!isUnknown || !match) return [];
  return [
    {
      title: title(match),
      object: reference('Pod', blocked.pods[0]),
      since: blocked.since,
      confidence: 'likely',
      evidence: blocked.words,
      explains: blocked.gaps,
      mitigation,
    },
  ];
}

/** What keeps a pod off nodes that are not meant for it (Kubernetes 1.36 pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go). */
const NOT_MEANT = /didn't match Pod's node affinity/;

/** Whether all nodes that may be meant for the pod are out of use for this one reason: the words count the others too. */
export function isAllThatIsSaid({ words }: BlockedPlacement, pattern: RegExp): boolean {
  const text = words[0]?.text ?? '';
  const reasons = /nodes are available: (.*?)\. ?(?:no new claims|preemption|$)/.exec(text)?.[1]?.split(', ') ?? [];
  return reasons.length > 0 && reasons.every((reason) => pattern.test(reason) || NOT_MEANT.test(reason));
}
