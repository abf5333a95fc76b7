import type { Archive } from '../../src/archive/archive.ts';
import type { Deployment, KubernetesObject, Lease, Pod, ReplicaSet } from '../../src/model/kubernetes.ts';
import type { OperatorState } from '../../src/objects/operator/progress.ts';

export const READ_AT = '2026-03-01T03:00:00Z';
/** Objects for tests: any fields, as the API server would send them. */
export type TestObject = KubernetesObject & Record<string, unknown>;

/** An object of any kind. */
export function object(
  apiVersion: string,
  kind: string,
  metadata: KubernetesObject['metadata'],
  rest: object = {},
): TestObject {
  return { apiVersion, kind, metadata: metadata ?? {}, ...rest };
}

/** An archive of these objects, complete, from Kubernetes v1.36.3. */
export function archiveOf(objects: TestObject[], about: Partial<Archive['about']> = {}): Archive {
  return {
    about: {
      origin: 'written',
      kubernetes: 'v1.36.3',
      kubevirt: 'v1.7.0',
      readAt: READ_AT,
      refused: [],
      asked: null,
      counts: {},
      logs: {},
      ...about,
    },
    objects,
    complete: true,
  };
}

const OPERATOR_LABELS = { 'kubevirt.io': 'virt-operator' };
const SPEC = {
  serviceAccountName: 'kubevirt-operator',
  priorityClassName: 'kubevirt-cluster-critical',
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: ['control-plane', 'master'].map((role) => ({
          matchExpressions: [{ key: `node-role.kubernetes.io/${role}`, operator: 'Exists' }],
        })),
      },
    },
  },
};

/** The objects of a small cluster where virt-operator runs with two ready pods, one of which leads. */
export function healthyCluster(namespace = 'kubevirt'): TestObject[] {
  const template = { metadata: { labels: OPERATOR_LABELS }, spec: SPEC };
  return [
    object('v1', 'Namespace', { name: namespace, labels: { 'kubevirt.io': '' } }),
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { name: 'kubevirts.kubevirt.io' }),
    object('kubevirt.io/v1', 'KubeVirt', { name: 'kubevirt', namespace }, { status: { phase: 'Deployed' } }),
    object(
      'apps/v1',
      'Deployment',
      { name: 'virt-operator', namespace, uid: 'd', labels: OPERATOR_LABELS },
      { spec: { replicas: 2, template } },
    ),
    object(
      'apps/v1',
      'ReplicaSet',
      {
        name: 'virt-operator-1',
        namespace,
        uid: 'r',
        labels: OPERATOR_LABELS,
        ownerReferences: [owner('Deployment', 'd')],
      },
      { spec: { replicas: 2, template } },
    ),
    operatorPod('virt-operator-1-a', 'cp-0', namespace),
    operatorPod('virt-operator-1-b', 'cp-1', namespace),
    lease('virt-operator', namespace, 'virt-operator-1-a'),
    lease('kube-controller-manager', 'kube-system', 'cp-0_1'),
    lease('kube-scheduler', 'kube-system', 'cp-0_2'),
    object('v1', 'ServiceAccount', { name: 'kubevirt-operator', namespace }),
    object('scheduling.k8s.io/v1', 'PriorityClass', { name: 'kubevirt-cluster-critical' }),
    ...['cp-0', 'cp-1'].map((name) => node(name, { 'node-role.kubernetes.io/control-plane': '' })),
    node('worker-0', {}),
  ];
}

/** A ready pod of the ReplicaSet in `healthyCluster`; `rest` replaces spec or status. */
export function operatorPod(name: string, nodeName: string, namespace = 'kubevirt', rest: object = {}): TestObject {
  const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
  const metadata = { name, namespace, labels: OPERATOR_LABELS, ownerReferences: [owner('ReplicaSet', 'r')] };
  return object('v1', 'Pod', metadata, { spec: { ...SPEC, nodeName }, status, ...rest });
}

/** A node that is ready; `labels` are added to the usual ones. */
export function node(name: string, labels: Record<string, string>): TestObject {
  return object(
    'v1',
    'Node',
    { name, labels: { 'kubernetes.io/os': 'linux', ...labels } },
    { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
  );
}

function lease(name: string, namespace: string, holderIdentity: string): TestObject {
  const spec = { holderIdentity, leaseDurationSeconds: 15, renewTime: '2026-03-01T02:59:58.000000Z' };
  return object('coordination.k8s.io/v1', 'Lease', { name, namespace }, { spec });
}

function owner(kind: string, uid: string) {
  return { apiVersion: 'apps/v1', kind, name: 'owner', uid, controller: true };
}

/** What a follower of virt-operator sees of these objects. */
export function stateOf(objects: readonly TestObject[], readAt = READ_AT): OperatorState {
  const all = <T>(kind: string) => objects.filter((one) => one.kind === kind) as T[];
  const lease = all<Lease>('Lease').find(({ metadata }) => metadata?.name === 'virt-operator');
  return {
    readAt,
    deployment: all<Deployment>('Deployment')[0] ?? null,
    replicaSets: all<ReplicaSet>('ReplicaSet'),
    pods: all<Pod>('Pod'),
    lease: lease ?? null,
  };
}
