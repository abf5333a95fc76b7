import type { Pod } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { millis } from '../objects/meta/time.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { conditionEvidence } from '../objects/placement/node-trouble.ts';
import { obstructed, share } from '../objects/placement/obstructed.ts';
import { toldOfTaint } from '../objects/placement/told-placement.ts';
import { describeNodes } from '../objects/remedy/manual-step.ts';

const RUNS_OUT_OF: Readonly<Record<string, string>> = {
  MemoryPressure: 'memory',
  DiskPressure: 'disk space',
  PIDPressure: 'process ids',
};

export default defineRule({
  code: 'node-pressure',
  rung: 'scheduling',
  severity: 'critical',
  meaning:
    'Nodes that may run the operator run out of memory, disk space or process ids: their kubelets evict pods and take no new ones.',
  impact: 'Operator pods that were evicted or lost stay Pending until the pressure is over.',
  evidence:
    'Certain: an operator pod has no node, and a node that may run it reports MemoryPressure, DiskPressure or PIDPressure. Operator pods that a kubelet evicted are added as history. Likely where the nodes may not be read and the scheduler names such a taint.',
  remedy:
    'Free what runs out on the node: move workloads, clean up images and logs. Evicted pods that stay listed are history and may be deleted.',
  commands: ['kubectl describe node NODE', 'kubectl top node NODE'],
  related: ['all-candidates-down', 'insufficient-memory', 'taint-pressure', 'image-disk-full', 'oom-node'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    if (!seen.nodes)
      return toldOfTaint(
        seen,
        /(?:memory|disk|pid)-pressure/,
        (nodes) => `${nodes} tainted for want of memory, disk space or process ids, and no other takes virt-operator`,
      );
    return placementObservations(seen, (blocked) => {
      const { names, hits, explains, next } = obstructed(blocked, 'pressure');
      const [hit] = hits;
      if (!hit) return [];
      const lacks = [...new Set(hits.map(({ obstacle }) => RUNS_OUT_OF[obstacle.condition]))].join(' and ');
      return [
        {
          title: `${share(blocked, names)} ${names.length === 1 ? 'runs' : 'run'} out of ${lacks}: ${names.join(', ')}`,
          object: { kind: 'Node', namespace: null, name: hit.name },
          since: condition(hit.node.status?.conditions, hit.obstacle.condition)?.lastTransitionTime ?? null,
          confidence: 'certain',
          evidence: [
            ...hits.flatMap(({ node, obstacle }) => conditionEvidence(node, obstacle.condition)),
            ...history(list(seen.pods)),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation: {
            action: 'relieve-node',
            automatic: false,
            command: shell`kubectl describe node ${hit.name}`,
            steps: [
              ...describeNodes(names),
              `Free ${lacks} on ${names.join(', ')}: move workloads, clean up images and logs (crictl rmi --prune; journalctl --vacuum-size=500M).`,
            ],
          },
        },
      ];
    });
  },
});

/** What the kubelet said when it evicted operator pods, newest first; how many there are in all. */
function history(pods: readonly Pod[]) {
  const evicted = pods
    .filter((pod) => pod.status?.phase === 'Failed' && pod.status.reason === 'Evicted')
    .toSorted((a, b) => created(b) - created(a));
  const [newest] = evicted;
  if (!newest) return [];
  const more = evicted.length > 1 ? ` (and ${evicted.length - 1} more evicted)` : '';
  return [{ text: `evicted: ${newest.status?.message?.trim() ?? ''}${more}`, source: `pod/${nameOf(newest)} status` }];
}

function created(pod: Pod): number {
  return millis(pod.metadata?.creationTimestamp) ?? 0;
}
