import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { kubevirtVersion, reinstallCommand, reinstallSteps } from '../objects/operator/installation.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'kubevirt-crd-missing',
  rung: 'install',
  order: 1,
  severity: 'critical',
  meaning:
    'The resource type that virt-operator watches does not exist. Its pods become Ready and then wait for ever: they never ask for the lease.',
  impact: 'Nothing is installed, upgraded, repaired or rotated; all KubeVirt resources went with their type.',
  evidence:
    'Certain: the Deployment exists, and the API server serves neither KubeVirt resources nor the CustomResourceDefinition kubevirts.kubevirt.io. Likely where KubeVirt resources may not be read.',
  remedy:
    'Apply the operator manifest of the same version again, which has the CustomResourceDefinition, and then the KubeVirt resource that was there.',
  commands: [
    'kubectl get customresourcedefinition kubevirts.kubevirt.io',
    'kubectl apply -f https://github.com/kubevirt/kubevirt/releases/download/VERSION/kubevirt-operator.yaml',
  ],
  related: ['kubevirt-not-installed', 'kubevirt-crd-broken', 'api-version-skew', 'informers-never-sync', 'no-leader'],
  needs: ['deployment', 'kubevirtCrd'],
  wants: ['replicaSets', 'pods', 'kubevirts', 'operatorWebhook'],
  evaluate(seen) {
    const { deployment } = seen;
    if (!deployment || seen.kubevirtCrd) return [];
    const name = 'kubevirts.kubevirt.io';
    return [
      {
        title: `CustomResourceDefinition ${name} does not exist: virt-operator waits for it`,
        object: { kind: 'CustomResourceDefinition', namespace: null, name },
        since: null,
        // A server that serves the resource has its definition, whatever it answers about that.
        confidence: seen.kubevirts === null ? 'certain' : 'likely',
        evidence: [
          { text: 'not found', source: `customresourcedefinition/${name}` },
          { text: 'exists', source: `deployment/${nameOf(deployment)}` },
        ],
        explains: ['leader', 'resource'],
        next: operatorOf({ ...seen, pods: list(seen.pods) }).ready.length === 0,
        mitigation: {
          action: 'restore-crd',
          automatic: false,
          command: reinstallCommand(kubevirtVersion(seen)),
          steps: [...reinstallSteps(kubevirtVersion(seen))],
        },
      },
    ];
  },
});
