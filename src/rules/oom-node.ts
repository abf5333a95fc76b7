import { defineRule } from '../model/rule.ts';
import { crashesOf } from '../objects/container/crash-class.ts';
import { crashObservations } from '../objects/container/crash-observation.ts';
import { lookAtNodes, nodesOf } from '../objects/container/pod-failure.ts';
import { condition } from '../objects/meta/condition.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { deletePods } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'oom-node',
  rung: 'container-run',
  order: 5,
  severity: 'critical',
  meaning:
    'The container was killed for want of memory and has no limit of its own: the node, or a group of pods around it, had none left.',
  impact: 'The operator restarts whenever that happens; other pods on the node are hit, too.',
  evidence:
    'The container ended with reason OOMKilled and has no memory limit. Certain: its node reports MemoryPressure. Likely: the node does not, or was not read.',
  remedy:
    'Find what uses the memory of that node and move it, give it a limit, or give the node more. Deleting the pod may move the operator to a node with room.',
  commands: ['kubectl describe node NODE', 'kubectl top node NODE', 'kubectl -n NAMESPACE delete pod POD'],
  related: ['insufficient-memory', 'node-pressure', 'exit-137-kill', 'oom-killed-limit'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'nodes'],
  evaluate(seen) {
    const killed = crashesOf(operatorOf(seen), seen, 'oom-node');
    const names = killed.flatMap(({ pod }) => pod.spec?.nodeName ?? []);
    const pressed = list(seen.nodes).filter(
      (node) => names.includes(nameOf(node)) && condition(node.status?.conditions, 'MemoryPressure')?.status === 'True',
    );
    return crashObservations(killed, (first) => ({
      title: `container ${first.container} is killed because memory runs out on ${nodesOf(killed)}`,
      confidence: pressed.length > 0 ? 'certain' : 'likely',
      evidence: [
        { text: 'no memory limit', source: `pod/${nameOf(first.pod)} spec.containers[${first.container}]` },
        ...pressed.map((node) => ({
          text: condition(node.status?.conditions, 'MemoryPressure')?.message ?? 'True',
          source: `node/${nameOf(node)} status.conditions[MemoryPressure]`,
        })),
      ],
      mitigation: lookAtNodes('free-memory', killed, (nodes) => [
        'kubectl top pods -A --sort-by=memory',
        `Move what uses the memory of ${nodes}, give it a limit, or give the nodes more. If another node has room, new pods may go there:`,
        ...deletePods(killed.map(({ pod }) => pod)),
      ]),
    }));
  },
});
