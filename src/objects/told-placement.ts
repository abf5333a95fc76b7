import type { Mitigation, Observation } from '../model/finding.ts';
import type { BlockedPlacement } from './blocked-placement.ts';
import { reference } from './reference.ts';

/**
 * What the scheduler says keeps pods out, where the pods on the nodes could not be read and no arithmetic tells: its words name no
 * node (Kubernetes 1.36 pkg/scheduler/framework/plugins: noderesources, nodeports, interpodaffinity, podtopologyspread).
 */
export function onlyTold(
  blocked: BlockedPlacement,
  pattern: RegExp,
  title: (match: RegExpExecArray) => string,
  mitigation: Mitigation,
): Observation[] {
  const isUnknown = blocked.candidates.some(({ obstacles }) => obstacles[0]?.kind === 'unknown');
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
