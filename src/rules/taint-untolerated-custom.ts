import type { Observation } from '../model/finding.ts';
import type { Deployment, Node } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { shell } from '../objects/meta/shell.ts';
import { taintText, untolerated } from '../objects/node/taint.ts';
import { type BlockedPlacement, placementObservations } from '../objects/placement/blocked-placement.ts';
import { roleOfLabel } from '../objects/placement/node-affinity.ts';
import { obstructed, share } from '../objects/placement/obstructed.ts';
import type { Obstacle } from '../objects/placement/placement.ts';
import { countOfNodes, toldOfNodes } from '../objects/placement/told-placement.ts';
import { patchJson } from '../objects/remedy/relax-selection.ts';

export default defineRule({
  code: 'taint-untolerated-custom',
  rung: 'scheduling',
  severity: 'critical',
  meaning: 'Nodes that may run the operator carry a taint that it does not tolerate.',
  impact: 'Operator pods that were lost stay Pending until the taint goes or the operator tolerates it.',
  evidence:
    'Certain: an operator pod has no node, and a node that may run it has a NoSchedule or NoExecute taint that the pod does not tolerate. Taints that controllers set by the state of a node (not-ready, disk-pressure and so on) are left to the causes that name that state. Where the nodes may not be read, what the scheduler says: likely where they name the taint and nothing else that is in the way, else possible.',
  remedy:
    'Remove the taint from a node, or add a toleration to the Deployment (through its owner, should it have one). Where the taint is that of a role, such as control-plane, add the toleration.',
  commands: ['kubectl describe node NODE', 'kubectl taint node NODE TAINT-'],
  related: ['podnodeselector-conflict', 'all-candidates-down', 'cordoned', 'node-selector-mismatch'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['nodes', 'nodePods'],
  evaluate(seen) {
    return placementObservations(seen, (blocked) => {
      const { explains, next, hits } = obstructed(blocked, 'taint');
      const tainted = blocked.candidates
        .map(({ name, obstacles }) => ({ name, taints: obstacles.filter(isTaint).map(text) }))
        .filter(({ taints }) => taints.length > 0);
      const [target] = tainted;
      if (!target) return told(blocked);
      const names = tainted.map(({ name }) => name);
      const taints = [...new Set(tainted.flatMap((one) => one.taints))].join(', ');
      const alike = tainted.filter((one) => one.taints.join() === target.taints.join()).map(({ name }) => name);
      return [
        {
          title: `${share(blocked, names)} ${names.length === 1 ? 'has' : 'have'} a taint that it does not tolerate: ${taints}`,
          object: { kind: 'Node', namespace: null, name: target.name },
          since: blocked.since,
          confidence: 'certain',
          evidence: [
            ...tainted.map((one) => ({
              text: `tainted ${one.taints.join(', ')}`,
              source: `node/${one.name} spec.taints`,
            })),
            ...blocked.words,
          ],
          explains,
          next,
          mitigation: tolerating(seen.deployment, hits) ?? {
            action: 'remove-taint',
            automatic: true,
            command: shell`kubectl taint node ${alike} ${target.taints.map((taint) => `${taint}-`)}`,
          },
        },
      ];
    });
  },
});

/** The taint of a node's role keeps workloads off the control plane: the Deployment is to tolerate it, as that of KubeVirt does. null: another taint. */
function tolerating(deployment: Deployment | null, hits: readonly { node: Node; obstacle: TaintObstacle }[]) {
  const template = deployment?.spec?.template?.spec;
  const unknown = hits.filter(({ node, obstacle }) =>
    untolerated(node, template).some(({ key }) => key === obstacle.taint.key),
  );
  const keys = [...new Set(unknown.map(({ obstacle }) => obstacle.taint.key ?? ''))];
  if (hits.length === 0 || unknown.length < hits.length || keys.some((key) => roleOfLabel(key) === null)) return null;
  const own = list(template?.tolerations);
  const path = '/spec/template/spec/tolerations';
  const added = keys.map((key) => ({ key, operator: 'Exists', effect: 'NoSchedule' }));
  const operations =
    own.length > 0
      ? added.map((value) => ({ op: 'add', path: `${path}/-`, value }))
      : [{ op: 'add', path, value: added }];
  return { action: 'tolerate-taint', automatic: false, command: patchJson(deployment, operations) };
}

/** From Kubernetes 1.34 on the words name no taint, and it may be one that tells of a node's state. */
const NAMED = /(\d+) node\(s\) had untolerated taint \{(?!node\.kubernetes\.io\/(?!out-of-service))([^}]+)\}/;
const NAMELESS = /(\d+) node\(s\) had untolerated taint\(s\)/;
const LOOK = { action: 'remove-taint', automatic: false, command: 'kubectl describe nodes' };

function told(blocked: BlockedPlacement): Observation[] {
  const named = ([, count, taint = '']: RegExpExecArray) =>
    `${have(count)} a taint that virt-operator does not tolerate: ${taint.replace(': ', '=').replace(/[:=]$/, '')}`;
  const nameless = ([, count]: RegExpExecArray) =>
    `${have(count)} a taint that virt-operator does not tolerate, set by hand or for the state of the node`;
  const unsure = toldOfNodes(blocked, NAMELESS, nameless, LOOK);
  return [
    ...toldOfNodes(blocked, NAMED, named, LOOK),
    ...unsure.map((one) => ({ ...one, confidence: 'possible' as const })),
  ];
}

function have(count: string | undefined): string {
  return `${countOfNodes(count)} ${count === '1' ? 'has' : 'have'}`;
}

type TaintObstacle = Extract<Obstacle, { kind: 'taint' }>;

function isTaint(obstacle: Obstacle): obstacle is TaintObstacle {
  return obstacle.kind === 'taint';
}

function text({ taint }: TaintObstacle): string {
  return taintText(taint);
}
