import type { Node } from '../model/kubernetes.ts';

const ROLE_LABEL = 'node-role.kubernetes.io/';

/** Nodes as the API server answers `as=Table` with `includeObject=None`, cut to the columns Name, Status and Roles (Kubernetes 1.36 pkg/printers/internalversion/printers.go printNode). */
export function nodeTable(nodes: readonly Node[]): Record<string, unknown> {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    columnDefinitions: ['Name', 'Status', 'Roles'].map((name) => ({ name, type: 'string' })),
    rows: nodes.map((node) => ({ cells: [node.metadata?.name ?? '', statusOf(node), rolesOf(node)], object: null })),
  };
}

function statusOf(node: Node): string {
  const ready = node.status?.conditions?.find((condition) => condition.type === 'Ready');
  const word = ready?.status === 'True' ? 'Ready' : 'NotReady';
  return [ready ? word : 'Unknown', ...(node.spec?.unschedulable ? ['SchedulingDisabled'] : [])].join(',');
}

function rolesOf(node: Node): string {
  const roles = Object.keys(node.metadata?.labels ?? {})
    .filter((label) => label.startsWith(ROLE_LABEL) && label.length > ROLE_LABEL.length)
    .map((label) => label.slice(ROLE_LABEL.length));
  return roles.sort().join(',') || '<none>';
}
