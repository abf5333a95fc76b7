import type { EvidenceItem, Mitigation } from '../../model/finding.ts';
import type { Pod, PodSpec, ReplicaSet } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { amount, isMore } from '../meta/quantity.ts';
import { isControlledBy, nameOf } from '../meta/reference.ts';
import { podRequests } from './resources.ts';

type Container = NonNullable<NonNullable<PodSpec['containers']>[number]>;

/** How a container differs from the template that its pod was made from, for a webhook or a policy changed the pod; null where it does not. */
export function changedContainer(pod: Pod, name: string, replicaSets: readonly ReplicaSet[]): EvidenceItem | null {
  const template = templateOf(pod, replicaSets);
  if (!template) return null;
  const [made, asked] = [containerIn(pod.spec, name), containerIn(template, name)];
  const source = `replicaset/${ownerName(pod, replicaSets)} spec.template`;
  if (!asked) return { text: `container ${name} is not in the template: it was added when the pod was made`, source };
  if (!made?.image || made.image === asked.image) return null;
  return { text: `the template asks for image ${asked.image ?? ''}: it was changed when the pod was made`, source };
}

/** That a pod asks for more of these resources than its template does. */
export function raisedRequests(
  pod: Pod,
  resources: readonly string[],
  replicaSets: readonly ReplicaSet[],
): EvidenceItem[] {
  const template = templateOf(pod, replicaSets);
  if (!template) return [];
  const [made, asked] = [podRequests(pod.spec), podRequests(template)];
  return resources
    .filter((resource) => isMore(made[resource] ?? 0, asked[resource] ?? 0))
    .map((resource) => ({
      text: `the template asks for ${amount(resource, asked[resource] ?? 0)} of ${resource}: more was added when the pod was made`,
      source: `replicaset/${ownerName(pod, replicaSets)} spec.template`,
    }));
}

/** Another template would be changed just the same. */
export const FIND_CHANGER: Mitigation = {
  action: 'correct-injection',
  automatic: false,
  command: 'kubectl get mutatingwebhookconfigurations',
};

/** What a pod was made from; null where its ReplicaSet was not read. */
export function templateOf(pod: Pod, replicaSets: readonly ReplicaSet[]): PodSpec | null {
  return owner(pod, replicaSets)?.spec?.template?.spec ?? null;
}

function ownerName(pod: Pod, replicaSets: readonly ReplicaSet[]): string {
  return nameOf(owner(pod, replicaSets));
}

function owner(pod: Pod, replicaSets: readonly ReplicaSet[]): ReplicaSet | null {
  return replicaSets.find((one) => isControlledBy(pod, one)) ?? null;
}

function containerIn(spec: PodSpec | null | undefined, name: string): Container | undefined {
  return [...list(spec?.initContainers), ...list(spec?.containers)].find((one) => one.name === name);
}
