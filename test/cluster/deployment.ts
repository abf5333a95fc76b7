import type { Cluster } from './cluster.ts';
import { create, get, kubectl } from './kubectl.ts';
import { waitForPods } from './observe.ts';
import { IN_KUBEVIRT, stopOperator } from './operator.ts';

/** The operator's Deployment, as far as scenarios change it. */
export interface OperatorDeployment {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string; labels: Record<string, string> };
  spec: {
    paused?: boolean;
    template: {
      spec: {
        containers: OperatorContainer[];
        initContainers?: { name: string; image: string }[];
        imagePullSecrets?: { name: string }[];
        readinessGates?: { conditionType: string }[];
        volumes?: object[];
        securityContext?: object;
        runtimeClassName?: string;
        overhead?: Record<string, string>;
        nodeName?: string;
      };
    };
  };
}

interface OperatorContainer {
  name: string;
  image: string;
  imagePullPolicy?: string;
  env?: { name: string; value?: string; valueFrom?: object }[];
  lifecycle?: object;
  startupProbe?: object;
  securityContext?: object;
  resources?: { limits?: Record<string, string> };
}

/** Deletes the operator's Deployment with its pods and creates it anew, changed: an installation that went wrong from the start. */
export async function reinstallOperator(
  cluster: Cluster,
  change: (deployment: OperatorDeployment) => void,
): Promise<void> {
  const target = ['deployment', 'virt-operator', IN_KUBEVIRT];
  const found = await get<OperatorDeployment>(cluster, target);
  if (found === null) throw new Error('the cluster has no Deployment virt-operator');
  await stopOperator(cluster);
  await kubectl(cluster, ['delete', ...target]);
  await waitForPods(cluster, 0);
  const { name, namespace, labels } = found.metadata;
  const deployment = { ...found, metadata: { name, namespace, labels }, status: undefined };
  change(deployment);
  await create(cluster, deployment);
}

/** Sets the image of the operator's container in a Deployment. */
export function setImage(deployment: OperatorDeployment, image: string): void {
  for (const container of deployment.spec.template.spec.containers) container.image = image;
}
