import type { Pod, PodSpec } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';

const ANY = '0.0.0.0';

interface HostPort {
  port: number;
  protocol: string;
  ip: string;
}

/**
 * The ports of a node that a pod asks for and that another pod there has, as `8443/TCP (held by pod kube-system/x)`. With
 * hostNetwork the API server makes every container port a host port (Kubernetes 1.36 component-helpers, pkg/scheduler/framework/plugins/nodeports).
 */
export function portConflicts(pod: PodSpec | null | undefined, podsOnNode: readonly Pod[]): string[] {
  return hostPorts(pod).flatMap((wanted) => {
    const holder = podsOnNode.find((one) => hostPorts(one.spec).some((held) => clash(wanted, held)));
    if (!holder) return [];
    return [`${wanted.port}/${wanted.protocol} (held by pod ${holder.metadata?.namespace ?? ''}/${nameOf(holder)})`];
  });
}

function hostPorts(pod: PodSpec | null | undefined): HostPort[] {
  const sidecars = list(pod?.initContainers).filter((one) => one.restartPolicy === 'Always');
  return [...sidecars, ...list(pod?.containers)].flatMap((container) =>
    list(container.ports).flatMap(({ hostPort, containerPort, protocol, hostIP }) => {
      const port = hostPort || (pod?.hostNetwork ? containerPort : null);
      return port ? [{ port, protocol: protocol || 'TCP', ip: hostIP || ANY }] : [];
    }),
  );
}

function clash(a: HostPort, b: HostPort): boolean {
  return a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === ANY || b.ip === ANY);
}
