import type { DaemonSet, Deployment, Lease } from '../../model/kubernetes.ts';
import type { Component } from '../../model/report.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { leaseState } from './lease.ts';

/** What was read of KubeVirt's other parts; `undefined`: it could not be read. */
export interface ComponentParts {
  readonly components?: readonly Deployment[] | null | undefined;
  readonly virtHandler?: DaemonSet | null | undefined;
  readonly controllerManagerLease?: Lease | null | undefined;
  readonly readAt: string;
}

/** The parts of KubeVirt that work for virtual machines. Nobody counts while kube-controller-manager is down: then how many are ready is not known. */
export function componentsOf(parts: ComponentParts): Component[] {
  const { components, virtHandler, controllerManagerLease, readAt } = parts;
  const uncounted = !!controllerManagerLease && leaseState(controllerManagerLease, readAt).dead;
  const deployment = (name: 'virt-api' | 'virt-controller'): Component => {
    const found = components === undefined ? undefined : (list(components).find((one) => nameOf(one) === name) ?? null);
    const desired = found?.spec?.replicas ?? 1;
    return { name, kind: 'Deployment', ...counts(found, desired, found?.status?.readyReplicas, uncounted) };
  };
  const { desiredNumberScheduled, numberReady } = virtHandler?.status ?? {};
  const handler = counts(virtHandler, desiredNumberScheduled, numberReady, uncounted);
  return [
    deployment('virt-api'),
    deployment('virt-controller'),
    { name: 'virt-handler', kind: 'DaemonSet', ...handler },
  ];
}

type Counts = Pick<Component, 'exists' | 'desired' | 'ready'>;

/** An object that is there, that is not there, or that could not be read. */
function counts(object: object | null | undefined, desired: unknown, ready: unknown, uncounted: boolean): Counts {
  if (object === undefined) return { exists: null, desired: null, ready: null };
  if (object === null) return { exists: false, desired: null, ready: 0 };
  return { exists: true, desired: whole(desired), ready: uncounted ? null : whole(ready ?? 0) };
}

function whole(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}
