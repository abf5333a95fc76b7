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
  const conditions = Array.isArray(node.status?.conditions) ? node.status.conditions : [];
  const ready = conditions.find((condition) => condition?.type === 'Ready');
  const word = ready?.status === 'True' ? 'Ready' : 'NotReady';
  return [ready ? word : 'Unknown', ...(node.spec?.unschedulable ? ['SchedulingDisabled'] : [])].join(',');
}

function rolesOf(node: Node): string {
  const roles = Object.keys(node.metadata?.labels ?? {})
    .filter((label) => label.startsWith(ROLE_LABEL) && label.length > ROLE_LABEL.length)
    .map((label) => label.slice(ROLE_LABEL.length));
  return roles.sort().join(',') || '<none>';
}

/** The little that a Table tells of each node, as Node objects: what `nodeTable` would make the same rows of. */
export function nodesOfTable({ columnDefinitions, rows }: Record<string, unknown>): Node[] {
  const names = (columnDefinitions as { name?: string }[]).map((column) => column.name);
  return ((rows ?? []) as { cells?: unknown[] }[]).map(({ cells }) => {
    const [name, status, roles] = ['Name', 'Status', 'Roles'].map((column) => String(cells?.[names.indexOf(column)]));
    return nodeOfRow(name ?? '', status ?? '', roles ?? '');
  });
}

function nodeOfRow(name: string, status: string, roles: string): Node {
  const [ready, ...more] = status.split(',');
  const labels = roles.split(',').filter((role) => role !== '<none>' && role !== '');
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: Object.fromEntries(labels.map((role) => [ROLE_LABEL + role, ''])) },
    ...(more.includes('SchedulingDisabled') && { spec: { unschedulable: true } }),
    ...(ready !== 'Unknown' && {
      status: { conditions: [{ type: 'Ready', status: ready === 'Ready' ? 'True' : 'False' }] },
    }),
  };
}
