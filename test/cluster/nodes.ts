import { KUBERNETES_VERSION } from './build.ts';
import { KUBELET_PORT } from './container-logs.ts';

/** The control-plane nodes, the only ones on which virt-operator may run since KubeVirt 1.7. */
export const CONTROL_PLANE_NODES = ['cp-0', 'cp-1', 'cp-2'];
export const WORKER_NODES = ['worker-0', 'worker-1'];

/** Node objects whose kubelets kwok plays. */
export function nodes(): object[] {
  return [
    ...CONTROL_PLANE_NODES.map((name) => node(name, 'control-plane', [CONTROL_PLANE_TAINT])),
    ...WORKER_NODES.map((name) => node(name, 'worker', [])),
  ];
}

const CONTROL_PLANE_TAINT = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };
const ROOM = { cpu: '4', memory: '8Gi', pods: '110' };

/** One more control-plane node. */
export function controlPlaneNode(name: string): object {
  return node(name, 'control-plane', [CONTROL_PLANE_TAINT]);
}

function node(name: string, role: string, taints: object[]): object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        [`node-role.kubernetes.io/${role}`]: '',
      },
    },
    spec: { providerID: `kwok://${name}`, taints },
    status: {
      addresses: [
        { type: 'InternalIP', address: `10.0.1.${[...CONTROL_PLANE_NODES, ...WORKER_NODES].indexOf(name) + 1}` },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: KUBELET_PORT } },
      allocatable: ROOM,
      capacity: ROOM,
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        kernelVersion: '6.1.0-31-amd64',
        containerRuntimeVersion: 'containerd://2.1.4',
        kubeletVersion: KUBERNETES_VERSION,
        kubeProxyVersion: '',
        bootID: '',
        machineID: '',
        systemUUID: '',
      },
    },
  };
}
