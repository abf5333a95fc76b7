import { askArchive } from '../../src/archive/store.ts';
import { type Diagnosis, diagnose } from '../../src/diagnosis/diagnose.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { Depth, Evidence } from '../../src/model/evidence.ts';
import type { Finding } from '../../src/model/finding.ts';
import { rules } from '../../src/rules/index.ts';
import { archiveOf, healthyCluster, object, operatorPod, type TestObject } from '../helpers/cluster.ts';

const REPLICA_SET = 'virt-operator-1';
const OPERATOR_CONTAINER = {
  name: 'virt-operator',
  image: 'quay.io/kubevirt/virt-operator:v1.7.0',
  resources: { requests: { cpu: '10m', memory: '450Mi' } },
};

const CONTROLLER = 'system:controller:replicaset-controller';
const CONTROLLER_RULES = [
  { verbs: ['get', 'list', 'watch', 'update'], apiGroups: ['apps', 'extensions'], resources: ['replicasets'] },
  { verbs: ['update'], apiGroups: ['apps', 'extensions'], resources: ['replicasets/finalizers'] },
  { verbs: ['list', 'watch', 'patch', 'create', 'delete'], apiGroups: [''], resources: ['pods'] },
];

const TO_OPERATOR = {
  subjects: [{ kind: 'ServiceAccount', name: 'kubevirt-operator', namespace: 'kubevirt' }],
  roleRef: { name: 'kubevirt-operator' },
};

const LEASES = {
  verbs: ['get', 'list', 'watch', 'delete', 'update', 'create', 'patch'],
  apiGroups: ['coordination.k8s.io'],
  resources: ['leases'],
};
const LISTED = [
  { verbs: ['get', 'list', 'watch', 'patch', 'update'], apiGroups: ['kubevirt.io'], resources: ['kubevirts'] },
  { verbs: ['get', 'list', 'watch'], apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'] },
];

/** A healthy cluster with the operator's container, roles and role bindings, as KubeVirt 1.7 makes them. */
export function installed(): TestObject[] {
  const template = { spec: { template: { spec: { containers: [OPERATOR_CONTAINER] } } } };
  const bindings = [
    object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { name: 'kubevirt-operator' }, TO_OPERATOR),
    object(
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      { name: 'kubevirt-operator-rolebinding', namespace: 'kubevirt' },
      TO_OPERATOR,
    ),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', { name: 'kubevirt-operator' }, { rules: LISTED }),
    object(
      'rbac.authorization.k8s.io/v1',
      'Role',
      { name: 'kubevirt-operator', namespace: 'kubevirt' },
      { rules: [LEASES] },
    ),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', { name: CONTROLLER }, { rules: CONTROLLER_RULES }),
    object(
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      { name: CONTROLLER },
      { subjects: [{ kind: 'ServiceAccount', name: 'replicaset-controller', namespace: 'kube-system' }] },
    ),
  ];
  return [...patched(patched(healthyCluster(), 'Deployment', template), 'ReplicaSet', template), ...bindings];
}

/** The rights of the controller of Deployments. */
export function deploymentRights(): TestObject[] {
  const name = 'system:controller:deployment-controller';
  const rules = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];
  const subjects = [{ kind: 'ServiceAccount', name: 'deployment-controller', namespace: 'kube-system' }];
  return [
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', { name }, { rules }),
    object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { name }, { subjects }),
  ];
}

/** The objects, with a patch merged into those named `Kind` or `Kind/name`; lists are replaced. */
export function patched(objects: readonly TestObject[], which: string, patch: object): TestObject[] {
  return objects.map((one) => (isNamed(one, which) ? (mergePatch(one, patch) as TestObject) : one));
}

/** The objects without those named `Kind` or `Kind/name`. */
export function without(objects: readonly TestObject[], ...which: string[]): TestObject[] {
  return objects.filter((one) => !which.some((name) => isNamed(one, name)));
}

function isNamed({ kind, metadata }: TestObject, which: string): boolean {
  return which === kind || which === `${kind}/${metadata?.name}`;
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(target) || !isRecord(patch)) return patch;
  const merged = Object.entries(patch).map(([key, value]) => [key, mergePatch(target[key], value)]);
  return { ...target, ...Object.fromEntries(merged) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Evidence as it is read from a cluster of these objects; every path in `refused` is forbidden. */
export function evidenceOf(
  objects: TestObject[],
  refused: readonly string[] = [],
  depth: Depth = 'verdict',
): Promise<Evidence> {
  const forbidden = refused.map((path) => ({ path, status: 403, message: 'User "alice" may not read this' }));
  const ask = askArchive(archiveOf(objects, { refused: forbidden }));
  return gather(ask, { cluster: { context: null, server: null, user: null }, depth });
}

/** The diagnosis of these objects by all rules. */
export async function diagnosisOf(objects: TestObject[], refused: readonly string[] = []): Promise<Diagnosis> {
  return diagnose(await evidenceOf(objects, refused), rules);
}

/** Verdict, causes (with confidence) and findings, those marked that come next, in a form that fits into one assertion, without that reads were refused, which no rule says. */
export async function answer(objects: TestObject[], refused: readonly string[] = []): Promise<object> {
  const { verdict, causes, findings } = await diagnosisOf(objects, refused);
  return {
    verdict,
    causes: causes.map(short),
    findings: findings.filter(({ code }) => code !== 'auth-forbidden-partial').map(short),
  };
}

/** The codes of all that is said about these objects, causes and findings. */
export async function codesOf(objects: TestObject[]): Promise<string[]> {
  const { causes, findings } = await diagnosisOf(objects);
  return [...causes, ...findings].map(({ code }) => code);
}

function short({ code, confidence, consequences, next }: Finding): string {
  return [code, confidence, ...(next ? ['next'] : []), ...consequences].join(' ');
}

/** What the ReplicaSet controller tells when the API server refuses a pod. */
export function failedCreate(message: string, time = '2026-03-01T02:59:30Z', name = 'e1'): TestObject {
  return event(name, 'ReplicaSet', REPLICA_SET, {
    uid: 'r',
    reason: 'FailedCreate',
    message: `Error creating: ${message}`,
    time,
  });
}

/** An event of the operator's namespace. */
export function event(
  name: string,
  kind: string,
  about: string,
  { uid, reason, message, time }: { uid?: string; reason: string; message: string; time: string },
): TestObject {
  const involvedObject = { kind, namespace: 'kubevirt', name: about, ...(uid && { uid }) };
  return object(
    'v1',
    'Event',
    { name, namespace: 'kubevirt' },
    { involvedObject, reason, message, type: 'Warning', lastTimestamp: time },
  );
}

/** An operator pod that the scheduler could not place; `seen` is false for one that no scheduler has looked at. */
export function pendingPod(name: string, message = '0/3 nodes are available.', seen = true): TestObject {
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
  const pod = operatorPod(name, '', 'kubevirt', { status: { phase: 'Pending', conditions: seen ? conditions : [] } });
  return mergePatch(pod, { metadata: { creationTimestamp: '2026-03-01T02:50:00Z' } }) as TestObject;
}

/** An operator pod on a node whose only container has this status; it is not ready. */
export function unreadyPod(name: string, containerStatus: object, nodeName = 'cp-0'): TestObject {
  const conditions = [{ type: 'Ready', status: 'False' }];
  const containerStatuses = [
    { name: 'virt-operator', image: OPERATOR_CONTAINER.image, ready: false, ...containerStatus },
  ];
  const status = { phase: 'Running', conditions, containerStatuses };
  return mergePatch(operatorPod(name, nodeName), { spec: { containers: [OPERATOR_CONTAINER] }, status }) as TestObject;
}

/** An operator pod whose container ends again and again. */
export function crashingPod(name: string, terminated: object, nodeName = 'cp-0'): TestObject {
  const ended = { exitCode: 1, reason: 'Error', finishedAt: '2026-03-01T02:58:00Z', ...terminated };
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' };
  return unreadyPod(name, { restartCount: 9, state: { waiting }, lastState: { terminated: ended } }, nodeName);
}

/** An operator pod whose image is not pulled. */
export function pullFailingPod(name: string, message: string, reason = 'ErrImagePull'): TestObject {
  return unreadyPod(name, { restartCount: 0, state: { waiting: { reason, message } } });
}
