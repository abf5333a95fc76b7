import type { KubernetesObject } from '../../model/kubernetes.ts';
import { clusterServiceVersionOf } from './owner.ts';
import { controllerOf } from './reference.ts';

/** Something that writes an object by itself, and may undo what a person changes. */
export interface Manager {
  /** `Argo CD`, `OLM`. */
  tool: string;
  /** What it says of itself on the object. */
  mark: string;
  /** Where a lasting change belongs. */
  where: string;
}

/** Labels and annotations that deploying tools leave on what they apply, the most specific first. */
const MARKS: readonly [tool: string, key: string, where: string][] = [
  ['Argo CD', 'argocd.argoproj.io/tracking-id', 'in the repository of that Application; or pause its synchronisation'],
  ['Argo CD', 'argocd.argoproj.io/instance', 'in the repository of that Application; or pause its synchronisation'],
  ['Flux', 'kustomize.toolkit.fluxcd.io/name', 'in the repository of that Kustomization; or suspend it'],
  ['Flux', 'helm.toolkit.fluxcd.io/name', 'in the values of that HelmRelease; or suspend it'],
  ['Rancher Fleet', 'objectset.rio.cattle.io/id', 'in the repository of that Bundle; or pause it'],
  ['Harvester', 'harvesterhci.io/managed-by', 'in the managed chart of Harvester'],
  ['Helm', 'meta.helm.sh/release-name', 'in the values of that release'],
];
const HCO = /^hco-operator$|hyperconverged/i;

/** A label or annotation that a deploying tool left on an object. */
export interface Mark {
  tool: string;
  key: string;
  value: string;
  where: string;
}

/** The marks of deploying tools on an object, the most specific first. */
export function marksOf(object: KubernetesObject | null | undefined): Mark[] {
  const marks = allMarks(object);
  return MARKS.flatMap(([tool, key, where]) => {
    const value = marks[key];
    return value ? [{ tool, key, value, where }] : [];
  });
}

function allMarks(object: KubernetesObject | null | undefined): Record<string, string | null | undefined> {
  return { ...object?.metadata?.labels, ...object?.metadata?.annotations };
}

/** Who deploys an object and may write it again; null where nothing says so. */
export function managerOf(object: KubernetesObject | null | undefined): Manager | null {
  const csv = clusterServiceVersionOf(object);
  if (csv !== null) {
    return { tool: 'OLM', mark: `ClusterServiceVersion ${csv}`, where: 'in spec.config of its Subscription' };
  }
  const [left] = marksOf(object);
  if (left) return { tool: left.tool, mark: `${left.key}: ${left.value}`, where: left.where };
  const byLabel = allMarks(object)['app.kubernetes.io/managed-by'];
  if (byLabel && HCO.test(byLabel)) {
    return { tool: 'HCO', mark: `app.kubernetes.io/managed-by: ${byLabel}`, where: 'in the HyperConverged resource' };
  }
  const controller = controllerOf(object);
  if (!controller || controller.kind === 'ReplicaSet' || controller.kind === 'Deployment') return null;
  const mark = `${controller.kind} ${controller.name}`;
  return { tool: controller.kind ?? 'a controller', mark, where: `in ${mark}` };
}
