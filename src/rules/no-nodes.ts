import { defineRule } from '../model/rule.ts';
import { placementObservations } from '../objects/placement/blocked-placement.ts';
import { nextOrFirst } from '../objects/placement/obstructed.ts';
import { onlyTold } from '../objects/placement/told-placement.ts';

/** Kubernetes 1.36 pkg/scheduler/schedule_one.go ErrNoNodesAvailable. */
const NONE = /^no nodes available to schedule pods/;
const ADD = { action: 'add-nodes', automatic: false, command: 'kubectl get nodes' };

export default defineRule({
  code: 'no-nodes',
  rung: 'scheduling',
  severity: 'critical',
  meaning: 'The cluster has no node object at all, so no pod of any workload can run.',
  impact: 'Operator pods stay Pending, like every other new pod.',
  evidence:
    'Certain: an operator pod has no node, and the API server counts no node at all. Likely where the nodes may not be counted and the scheduler says so.',
  remedy: 'Start machines whose kubelets register themselves, or find out why their node objects were deleted.',
  commands: ['kubectl get nodes'],
  related: ['no-control-plane-node', 'node-deleted'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodeOverview'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      if (!seen.nodeOverview) return onlyTold(blocked, NONE, () => 'the cluster has no nodes, says the scheduler', ADD);
      if (seen.nodeOverview.total !== 0) return [];
      return [
        {
          title: 'the cluster has no nodes',
          object: nextOrFirst(blocked, seen.deployment),
          since: blocked.since,
          confidence: 'certain',
          evidence: [{ text: 'there is none', source: 'nodes' }, ...blocked.words],
          explains: blocked.gaps,
          next: blocked.ahead,
          mitigation: ADD,
        },
      ];
    });
  },
});
