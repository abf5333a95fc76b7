import { defineRule } from '../model/rule.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { nextOrFirst } from '../objects/placement/obstructed.ts';

export default defineRule({
  code: 'no-nodes',
  rung: 'scheduling',
  severity: 'critical',
  meaning: 'The cluster has no node object at all, so no pod of any workload can run.',
  impact: 'Operator pods stay Pending, like every other new pod.',
  evidence: 'Certain: an operator pod has no node, and the API server counts no node at all.',
  remedy: 'Start machines whose kubelets register themselves, or find out why their node objects were deleted.',
  commands: ['kubectl get nodes'],
  related: ['no-control-plane-node', 'node-deleted'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes', 'nodeOverview'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      if (seen.nodeOverview?.total !== 0) return [];
      return [
        {
          title: 'the cluster has no nodes',
          object: nextOrFirst(blocked, seen.deployment),
          since: blocked.since,
          confidence: 'certain',
          evidence: [{ text: 'there is none', source: 'nodes' }, ...blocked.words],
          explains: blocked.gaps,
          next: blocked.ahead,
          mitigation: { action: 'add-nodes', automatic: false, command: 'kubectl get nodes' },
        },
      ];
    });
  },
});
