import { defineRule } from '../model/rule.ts';
import { pullObservations } from '../objects/container/image-pull.ts';
import { nodesOf } from '../objects/container/pod-failure.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'image-never-pull',
  rung: 'container-start',
  order: 31,
  severity: 'critical',
  meaning: 'The node does not hold the image, and the container says that it may never be pulled.',
  impact: 'No operator pod starts on a node to which the image was not copied by hand.',
  evidence:
    'Certain: the container waits with ErrImageNeverPull, which the kubelet itself decides. Likely: only its words say so.',
  remedy: 'Load the image onto the control-plane nodes, or set imagePullPolicy to IfNotPresent.',
  commands: [
    'kubectl -n NAMESPACE describe pod POD',
    'kubectl -n NAMESPACE patch deployment virt-operator -p \'{"spec":{"template":{"spec":{"containers":[{"name":"CONTAINER","imagePullPolicy":"IfNotPresent"}]}}}}\'',
  ],
  related: ['image-not-found'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    return pullObservations(operator, seen.events, 'image-never-pull', {
      title: ({ image }, all) => `image ${image} is not on ${nodesOf(all)}, and imagePullPolicy is Never`,
      mitigation: ({ container }) => ({
        action: 'allow-pull',
        automatic: false,
        command: shell`kubectl -n ${operator.deployment?.metadata?.namespace} patch deployment ${nameOf(operator.deployment)} -p ${pullIfMissing(container)}`,
      }),
    });
  },
});

function pullIfMissing(name: string): string {
  return JSON.stringify({ spec: { template: { spec: { containers: [{ name, imagePullPolicy: 'IfNotPresent' }] } } } });
}
