import { defineRule } from '../model/rule.ts';
import { unseenChange } from '../objects/controller-lag.ts';
import { operatorOf } from '../objects/operator.ts';
import { nameOf, reference } from '../objects/reference.ts';
import { unmadeGaps } from '../objects/replica-set-failure.ts';

export default defineRule({
  code: 'observed-generation-lag',
  rung: 'deployment',
  order: 9,
  severity: 'warning',
  meaning:
    'The Deployment was changed, and its controller has not looked at it since. Most often kube-controller-manager does not run.',
  impact: 'No ReplicaSet and no pod is made for the present Deployment, and its status is that of an older one.',
  evidence:
    "The Deployment's generation is ahead of the observedGeneration in its status, more than 30 seconds after its last change. Possible only: that is what a controller which stopped leaves behind, and not why it stopped.",
  remedy: 'Look at kube-controller-manager, and at the rights of its deployment-controller.',
  commands: [
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
    'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
  ],
  related: ['controller-manager-down', 'deployment-paused', 'controller-rbac-broken'],
  needs: ['deployment', 'replicaSets', 'pods'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    const { deployment } = operator;
    const unseen = unseenChange(operator, seen.readAt);
    if (!deployment || unseen.length === 0) return [];
    const name = nameOf(deployment);
    return [
      {
        title: `the controller of Deployment ${name} has not looked at its last change`,
        object: reference('Deployment', deployment),
        since: null,
        confidence: 'possible',
        evidence: unseen.map((text) => ({ text, source: `deployment/${name} status.observedGeneration` })),
        explains: operator.current ? [] : unmadeGaps(operator),
        mitigation: {
          action: 'look-at-controller-manager',
          automatic: false,
          command: 'kubectl -n kube-system get pods -l component=kube-controller-manager -o wide',
        },
      },
    ];
  },
});
