import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/container/image-pull.ts';
import { lookAtNodes, nodesOf } from '../objects/container/pod-failure.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-disk-full',
  rung: 'container-start',
  order: 36,
  severity: 'critical',
  meaning: "The image does not fit on the node's disk any more.",
  impact: 'No pod that needs a new image starts there, and the node is about to evict those that run.',
  evidence: "Likely: the runtime's words about the pull say that no space, or no quota of the disk, is left.",
  remedy: "Free space where the container runtime keeps its images, or enlarge that disk; see the node's DiskPressure.",
  commands: ['kubectl describe node NODE'],
  related: ['node-pressure', 'image-pull-failed'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    return pullObservations(operatorOf(seen), seen.events, 'image-disk-full', {
      title: ({ image }, all) => `no disk space is left on ${nodesOf(all)} for image ${image}`,
      mitigation: (_, all) =>
        lookAtNodes('free-disk', all, (nodes) => [
          `On ${nodes}, free the disk of the container runtime, or enlarge it: df -h; crictl rmi --prune`,
        ]),
    });
  },
});
