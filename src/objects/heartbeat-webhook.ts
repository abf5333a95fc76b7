import type { WebhookConfiguration } from '../model/kubernetes.ts';
import { matchesSelector } from './label-selector.ts';
import { list } from './list.ts';
import type { PodWebhook, Webhook, WebhookRule } from './webhook.ts';

/** What a kubelet writes to show that it lives: its lease, and its node's status (Kubernetes 1.36 pkg/kubelet/kubelet_node_status.go). */
const LEASE_NAMESPACE = { 'kubernetes.io/metadata.name': 'kube-node-lease' };

/** Fail-closed webhooks that are asked when a kubelet renews its lease or its node's status. */
export function heartbeatWebhooks(configurations: readonly WebhookConfiguration[] | null | undefined): PodWebhook[] {
  return list(configurations).flatMap((configuration) =>
    list<Webhook>(configuration.webhooks)
      .filter((webhook) => (webhook.failurePolicy ?? 'Fail') === 'Fail')
      .filter((webhook) => matchesSelector(webhook.objectSelector, {}))
      .filter((webhook) => list(webhook.rules).some((rule) => covers(webhook, rule)))
      .map((webhook) => ({ configuration, webhook })),
  );
}

/** A namespace selector says nothing of nodes, which have no namespace. */
function covers({ namespaceSelector }: Webhook, rule: WebhookRule): boolean {
  const has = (values: (string | null)[] | null | undefined, ...wanted: string[]) =>
    list(values).some((value) => wanted.includes(value));
  if (!has(rule.operations, '*', 'UPDATE')) return false;
  const leases = has(rule.apiGroups, '*', 'coordination.k8s.io') && has(rule.resources, '*', '*/*', 'leases');
  const status = has(rule.apiGroups, '*', '') && has(rule.resources, '*/*', 'nodes/*', 'nodes/status', '*/status');
  return (
    (leases && rule.scope !== 'Cluster' && matchesSelector(namespaceSelector, LEASE_NAMESPACE)) ||
    (status && rule.scope !== 'Namespaced')
  );
}
