import type { Observation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import {
  isUnscaled,
  type UnseenReplicaSet,
  unseenChange,
  unseenReplicaSets,
} from '../objects/control-plane/controller-lag.ts';
import { brokenRights, idleControllers } from '../objects/creation/controller-rights.ts';
import { unmadeGaps } from '../objects/creation/replica-set-failure.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { type Operator, operatorOf, uncreatedGaps } from '../objects/operator/operator.ts';

const LOOK = {
  action: 'look-at-controller-manager',
  automatic: false,
  command: 'kubectl -n kube-system get pods -l component=kube-controller-manager -o yaml',
};

export default defineRule({
  code: 'observed-generation-lag',
  rung: 'deployment',
  order: 9,
  severity: 'warning',
  meaning:
    'The Deployment or its ReplicaSet was changed, and its controller has not looked at it since. Most often kube-controller-manager does not run, or is told to leave that controller out.',
  impact: 'No ReplicaSet and no pod is made for the present Deployment, and its status is that of an older one.',
  evidence:
    'The generation of the Deployment, or of a ReplicaSet that owes pods without any failure being told, is ahead of the observedGeneration in its status, more than 30 seconds after its last change; or such a ReplicaSet still counts pods that are gone; or all ReplicaSets are asked for no pod while the Deployment wants some. Possible only: that is what a controller which stopped leaves behind, and not why it stopped.',
  remedy:
    'Look at kube-controller-manager: whether it runs, whether its flag --controllers leaves out deployment-controller or replicaset-controller, and at the rights of these two.',
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
    'kubectl -n kube-system get pods -l component=kube-controller-manager -o yaml',
  ],
  related: ['controller-manager-down', 'deployment-paused', 'controller-rbac-broken'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events', 'controllerRights'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment } = operator;
    if (!deployment) return [];
    const name = nameOf(deployment);
    const unscaled = isUnscaled(operator, seen.readAt)
      ? [`it asks for ${operator.desired ?? 0} replicas, and its ReplicaSets for none`]
      : [];
    const unseen = unseenChange(operator, seen.readAt);
    const texts = [...unseen, ...unscaled];
    const ofDeployment: Observation = {
      title: `the controller of Deployment ${name} ${unseen.length > 0 ? 'has not looked at its last change' : 'does not scale its ReplicaSets'}`,
      object: reference('Deployment', deployment),
      since: null,
      confidence: 'possible',
      evidence: texts.map((text) => ({ text, source: `deployment/${name}` })),
      explains: [
        ...(operator.current ? [] : unmadeGaps(operator)),
        ...(unscaled.length > 0 ? uncreatedGaps(operator) : []),
      ],
      mitigation: LOOK,
    };
    // Without its rights a controller sees nothing either: that has a rule of its own.
    const isBarred = brokenRights(idleControllers(operator), seen.controllerRights ?? []).length > 0;
    const behind = seen.controllerRights && isBarred ? [] : unseenReplicaSets(operator, seen);
    return [...(texts.length > 0 ? [ofDeployment] : []), ...behind.map((one) => ofReplicaSet(one, operator))];
  },
});

function ofReplicaSet({ replicaSet, texts }: UnseenReplicaSet, operator: Operator): Observation {
  const name = nameOf(replicaSet);
  return {
    title: `the controller of ReplicaSet ${name} has not looked at it lately`,
    object: reference('ReplicaSet', replicaSet),
    since: null,
    confidence: 'possible',
    evidence: texts.map((text) => ({ text, source: `replicaset/${name} status` })),
    explains: uncreatedGaps(operator),
    mitigation: LOOK,
  };
}
