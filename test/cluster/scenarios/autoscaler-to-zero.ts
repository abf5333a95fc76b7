import { create, kubectl } from '../kubectl.ts';
import { waitForPods } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
const names = { kind: 'ScaledObject', plural: 'scaledobjects', singular: 'scaledobject' };
const SCALED_OBJECTS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'scaledobjects.keda.sh' },
  spec: {
    group: 'keda.sh',
    names,
    scope: 'Namespaced',
    versions: [{ name: 'v1alpha1', served: true, storage: true, schema }],
  },
};

/** KEDA was told to scale every Deployment of the namespace by its load, and the operator has none. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'autoscaler-to-zero' },
  async break(cluster) {
    await stopOperator(cluster);
    await create(cluster, SCALED_OBJECTS);
    await kubectl(cluster, ['wait', '--for=condition=Established', 'crd/scaledobjects.keda.sh', '--timeout=30s']);
    await create(cluster, {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: 'virt-operator', namespace: 'kubevirt' },
      spec: { scaleTargetRef: { name: 'virt-operator' }, minReplicaCount: 0, triggers: [{ type: 'cpu' }] },
    });
    const toZero = ['--subresource=scale', '--type=merge', '--patch={"spec":{"replicas":0}}', '--field-manager=keda'];
    await kubectl(cluster, ['patch', 'deployment', 'virt-operator', IN_KUBEVIRT, ...toZero]);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;
