import { defineRule } from '../model/rule.ts';
import { isUntroubled } from '../objects/container/starting.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { taintText } from '../objects/node/taint.ts';
import { operatorOf, podGap, uncreatedGaps } from '../objects/operator/operator.ts';
import { briefStays, endingPods, openNodes } from '../objects/placement/brief-stay.ts';
import { pinnedNode, unpin } from '../objects/placement/pinned-template.ts';
import { disruption } from '../objects/pod/disruption.ts';
import { isUnbound } from '../objects/pod/pod.ts';
import { lookAtTemplate } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'taint-tolerated-briefly',
  rung: 'node',
  severity: 'critical',
  meaning:
    'Nodes that operator pods go to carry a NoExecute taint that the pods tolerate only for a while, or not at all where their template binds them to the node: they are deleted soon after each start, and come back to the same node.',
  impact:
    'Every look shows pods that seem to have just started. The operator never comes to lead, or loses the lead at each turn.',
  evidence:
    'Certain: a node that takes new operator pods has a NoExecute taint, and of the tolerations in the Deployment that fit it the shortest ends within 10 minutes, or the template names the node and no toleration fits.',
  remedy:
    'Remove the taint from a node, or tolerationSeconds from the toleration in the Deployment (through its owner, should it have one).',
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
    'kubectl -n NAMESPACE get events --field-selector reason=TaintManagerEviction',
    'kubectl taint node NODE TAINT-',
  ],
  related: ['taint-untolerated-custom', 'pod-churn', 'active-deadline', 'evicted-by-api'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const nodes = list(seen.nodes);
    const stays = briefStays(operator.deployment, nodes);
    const [first] = stays;
    if (!first) return [];
    const isAll = stays.length === openNodes(operator.deployment, nodes).length;
    const here = endingPods(operator.pods, stays);
    const coming = isAll ? operator.unready.filter(isUnbound) : [];
    const deleted = list(seen.pods).filter((pod) => disruption(pod)?.reason === 'DeletionByTaintManager');
    const isNobodySafe = operator.pods.every((pod) => here.includes(pod) || coming.includes(pod));
    const starting = [...here.filter((pod) => operator.unready.includes(pod)), ...coming].filter(isUntroubled);
    const alike = stays
      .filter(({ taint }) => taintText(taint) === taintText(first.taint))
      .map(({ node }) => nameOf(node));
    const command = shell`kubectl taint node ${alike} ${`${taintText(first.taint)}-`}`;
    const isPinned = pinnedNode(operator.deployment) !== null;
    const tolerated = first.seconds === 0 ? 'not tolerated' : `tolerated for ${first.seconds}s`;
    return [
      {
        title: `operator pods are deleted ${first.seconds}s after each start: taint ${taintText(first.taint)} of ${alike.length === 1 ? 'node' : 'nodes'} ${alike.join(', ')} is ${first.seconds === 0 ? 'not tolerated, and their template binds them to it' : 'tolerated for no longer'}`,
        object: { kind: 'Node', namespace: null, name: nameOf(first.node) },
        since: first.taint.timeAdded ?? null,
        confidence: 'certain',
        evidence: [
          ...stays.map(({ node, taint }) => ({
            text: `tainted ${taintText(taint)}`,
            source: `node/${nameOf(node)} spec.taints`,
          })),
          {
            text: tolerated,
            source: `deployment/${nameOf(operator.deployment)} spec.template.spec.tolerations`,
          },
          ...deleted.map((pod) => ({
            text: `DeletionByTaintManager: ${disruption(pod)?.message}`,
            source: `pod/${nameOf(pod)} status.conditions[DisruptionTarget]`,
          })),
        ],
        explains: [
          ...(isAll || deleted.length > 0 ? uncreatedGaps(operator) : []),
          ...(isNobodySafe ? ['leader'] : []),
          ...starting.map(podGap),
          ...(here.length > 0 ? ['lasting'] : []),
        ],
        next: isAll,
        mitigation: isPinned
          ? unpin(operator.deployment)
          : {
              action: 'lift-taint',
              automatic: false,
              command,
              steps: [
                command,
                'Or let the pods stay: take tolerationSeconds off that toleration in the template:',
                lookAtTemplate(operator.deployment),
              ],
            },
      },
    ];
  },
});
