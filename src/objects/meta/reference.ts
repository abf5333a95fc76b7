import type { ObjectReference } from '../../model/finding.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { list } from './list.ts';

/** Points at an object that was read; `kind` is given because list items carry none. */
export function reference(kind: string, object: KubernetesObject | null | undefined): ObjectReference {
  return { kind, namespace: object?.metadata?.namespace ?? null, name: nameOf(object) };
}

/** An object's name, or `<unnamed>`. */
export function nameOf(object: KubernetesObject | null | undefined): string {
  return object?.metadata?.name ?? '<unnamed>';
}

/** What controls an object, by its ownerReferences. */
export function controllerOf(object: KubernetesObject | null | undefined) {
  return list(object?.metadata?.ownerReferences).find((one) => one.controller === true);
}

/** Whether `owner` is the controller of `child`, by uid: names are reused, uids are not. */
export function isControlledBy(child: KubernetesObject, owner: KubernetesObject): boolean {
  const uid = owner.metadata?.uid;
  return !!uid && list(child.metadata?.ownerReferences).some((one) => one.controller === true && one.uid === uid);
}
