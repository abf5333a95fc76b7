import type { WebhookConfiguration } from '../../model/kubernetes.ts';
import type { PodWebhook, Webhook, WebhookRule } from '../creation/webhook.ts';
import { matchesSelector } from '../meta/label-selector.ts';
import { list } from '../meta/list.ts';

/** What a kubelet writes to show that it lives: its lease, and its node's status (Kubernetes 1.36 pkg/kubelet/kubelet_node_status.go). */
const LEASE_NAMESPACE = { 'kubernetes.io/metadata.name': 'kube-node-lease' };

/** Fail-closed webhooks that are asked when a kubelet renews its lease or its node's status. */
export function heartbeatWebhooks(configurations: Configurations): PodWebhook[] {
  return failClosed(
    configurations,
    (webhook, rule) => coversStatus(rule) || coversLeases(webhook, rule, LEASE_NAMESPACE),
  );
}

/** Fail-closed webhooks that are asked when a lease in a namespace with these labels is renewed. */
export function leaseWebhooks(configurations: Configurations, labels: Labels): PodWebhook[] {
  return failClosed(configurations, (webhook, rule) => coversLeases(webhook, rule, labels));
}

type Configurations = readonly WebhookConfiguration[] | null | undefined;
type Labels = Readonly<Record<string, string | null | undefined>>;

/** Neither leases nor nodes' status are asked about where labels are wanted: leases have none, and nodes' are not looked at. */
function failClosed(
  configurations: Configurations,
  covers: (webhook: Webhook, rule: WebhookRule) => boolean,
): PodWebhook[] {
  return list(configurations).flatMap((configuration) =>
    list<Webhook>(configuration.webhooks)
      .filter((webhook) => (webhook.failurePolicy ?? 'Fail') === 'Fail')
      .filter((webhook) => matchesSelector(webhook.objectSelector, {}))
      .filter((webhook) => list(webhook.rules).some((rule) => updates(rule) && covers(webhook, rule)))
      .map((webhook) => ({ configuration, webhook })),
  );
}

function updates({ operations }: WebhookRule): boolean {
  return has(operations, '*', 'UPDATE');
}

function coversLeases({ namespaceSelector }: Webhook, rule: WebhookRule, labels: Labels): boolean {
  const leases =
    has(rule.apiGroups, '*', 'coordination.k8s.io') && has(rule.resources, '*', '*/*', 'leases', 'leases/*');
  return leases && rule.scope !== 'Cluster' && matchesSelector(namespaceSelector, labels);
}

/** A namespace selector says nothing of nodes, which have no namespace. */
function coversStatus(rule: WebhookRule): boolean {
  const status = has(rule.resources, '*/*', 'nodes/*', 'nodes/status', '*/status');
  return has(rule.apiGroups, '*', '') && status && rule.scope !== 'Namespaced';
}

function has(values: (string | null)[] | null | undefined, ...wanted: string[]): boolean {
  return list(values).some((value) => wanted.includes(value ?? ''));
}
