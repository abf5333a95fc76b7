import type { Deployment, Node } from '../../model/kubernetes.ts';
import { nameOf } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';
import { unmetTerms } from '../placement/node-affinity.ts';

const SPEC = '/spec/template/spec';

/**
 * Takes out of the Deployment all that keeps it from this node: keys of its node selector, and what is unmet in the term of its affinity that
 * lacks least. null where nothing in the Deployment does, or where a whole term would go.
 */
export function admitNode(deployment: Deployment, node: Node): string | null {
  const spec = deployment.spec?.template?.spec;
  const labels = node.metadata?.labels ?? {};
  const selected = Object.entries(spec?.nodeSelector ?? {}).filter(([key, value]) => labels[key] !== value);
  const [least] = unmetTerms(spec, node).toSorted((a, b) => a.places.length - b.places.length);
  if (least?.isAll) return null;
  const paths = [
    ...selected.map(([key]) => `${SPEC}/nodeSelector/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    ...(least?.places ?? []),
  ];
  return paths.length > 0
    ? patchJson(
        deployment,
        paths.map((path) => ({ op: 'remove', path })),
      )
    : null;
}

/** A change of the Deployment, place by place (RFC 6902). */
export function patchJson(deployment: Deployment | null, operations: readonly object[]): string {
  const patch = JSON.stringify(operations);
  return shell`kubectl -n ${deployment?.metadata?.namespace} patch deployment/${nameOf(deployment)} --type=json -p ${patch}`;
}
