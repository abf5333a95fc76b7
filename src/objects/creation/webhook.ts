import type { EndpointSlice, Namespace, PodTemplate, Service, WebhookConfiguration } from '../../model/kubernetes.ts';
import { matchesSelector } from '../meta/label-selector.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';

export type Webhook = NonNullable<NonNullable<WebhookConfiguration['webhooks']>[number]>;
export type WebhookRule = NonNullable<NonNullable<Webhook['rules']>[number]>;

export interface PodWebhook {
  configuration: WebhookConfiguration;
  webhook: Webhook;
}

/** Webhooks that are called when a pod of this template is created in this namespace. Match conditions (CEL) are not evaluated. */
export function askedWebhooks(
  configurations: readonly WebhookConfiguration[] | null | undefined,
  namespace: Namespace | null | undefined,
  template: PodTemplate | null | undefined,
): PodWebhook[] {
  return list(configurations).flatMap((configuration) =>
    list<Webhook>(configuration.webhooks)
      .filter((webhook) => list(webhook.rules).some(coversPodCreation))
      .filter((webhook) => !namespace || matchesSelector(webhook.namespaceSelector, namespace.metadata?.labels))
      .filter((webhook) => matchesSelector(webhook.objectSelector, template?.metadata?.labels))
      .map((webhook) => ({ configuration, webhook })),
  );
}

/** Of those, the ones without whose answer no pod is created. */
export function podWebhooks(...about: Parameters<typeof askedWebhooks>): PodWebhook[] {
  return askedWebhooks(...about).filter(({ webhook }) => (webhook.failurePolicy ?? 'Fail') === 'Fail');
}

/** `pods/*` holds pods themselves (Kubernetes 1.36 apiserver pkg/admission/plugin/webhook/predicates/rules/rules.go). */
function coversPodCreation(rule: WebhookRule): boolean {
  const has = (values: (string | null)[] | null | undefined, ...wanted: string[]) =>
    list(values).some((value) => wanted.includes(value));
  return (
    has(rule.operations, '*', 'CREATE') &&
    has(rule.apiGroups, '*', '') &&
    has(rule.apiVersions, '*', 'v1') &&
    has(rule.resources, '*', '*/*', 'pods', 'pods/*') &&
    rule.scope !== 'Cluster'
  );
}

export interface ServiceName {
  namespace: string;
  name: string;
}

/** More Services than these are neither read nor judged. */
const MAX_SERVICES = 5;

/** The Services that these webhooks call, each once, by name, the first few. */
export function calledServices(called: readonly PodWebhook[]): ServiceName[] {
  const services = called.flatMap(({ webhook }) => {
    const { namespace, name } = webhook.clientConfig?.service ?? {};
    return namespace && name ? [[`${namespace}/${name}`, { namespace, name }] as const] : [];
  });
  const byName = [...new Map(services)].sort(([a], [b]) => (a < b ? -1 : 1));
  return byName.map(([, service]) => service).slice(0, MAX_SERVICES);
}

interface WebhookReads {
  readonly webhooks?: readonly WebhookConfiguration[] | null | undefined;
  readonly webhookServices?: readonly Service[] | null | undefined;
  readonly webhookEndpoints?: readonly EndpointSlice[] | null | undefined;
  readonly namespace?: Namespace | null | undefined;
}

/** The webhooks that must agree to a pod of this template, each with what is wrong with its Service: null when nothing is, or when that was not read. */
export function calledWebhooks(
  { webhooks, webhookServices, webhookEndpoints, namespace }: WebhookReads,
  template: PodTemplate | null | undefined,
): (PodWebhook & { fault: string | null })[] {
  return withFaults(podWebhooks(webhooks, namespace, template), { webhookServices, webhookEndpoints });
}

/** The webhooks, each with what is wrong with its Service; the Services that they call must be those that were read. */
export function withFaults(
  called: readonly PodWebhook[],
  { webhookServices, webhookEndpoints }: Pick<WebhookReads, 'webhookServices' | 'webhookEndpoints'>,
): (PodWebhook & { fault: string | null })[] {
  const judged = webhookServices && webhookEndpoints ? calledServices(called) : [];
  return called.map((one) => {
    const service = judged.find(({ namespace: at, name }) => {
      const target = one.webhook.clientConfig?.service;
      return target?.namespace === at && target.name === name;
    });
    if (!service) return { ...one, fault: null };
    const port = one.webhook.clientConfig?.service?.port ?? 443;
    return { ...one, fault: serviceFault({ ...service, port }, list(webhookServices), list(webhookEndpoints)) };
  });
}

/** What objects say by now of a webhook that was not answered for, when that no longer keeps these pods out; null while it may, or when that is not known. */
export function answersByNow(
  name: string,
  message: string,
  seen: WebhookReads,
  template: PodTemplate | null | undefined,
): string | null {
  if (!seen.webhooks) return null;
  const named = calledWebhooks(seen, template).find(({ webhook }) => webhook.name === name);
  if (!named) return `pods are created without an answer of webhook ${name}`;
  // Any other failure to call it does not show in objects (Kubernetes 1.36 apiserver pkg/util/proxy/proxy.go ResolveCluster, ResolveEndpoint).
  const isAboutObjects = /no endpoints available for service|service "[^"]*" not found/.test(message);
  const isRead = !!seen.webhookServices && !!seen.webhookEndpoints;
  return isAboutObjects && isRead && named.fault === null ? `the Service of webhook ${name} has ready endpoints` : null;
}

/**
 * Why nobody answers at a Service, or null when something seems to. One that is a name elsewhere has neither ports nor endpoints to look at
 * (Kubernetes 1.36 apiserver pkg/util/proxy/proxy.go ResolveCluster).
 */
function serviceFault(
  target: ServiceName & { port: number },
  services: readonly Service[],
  slices: readonly EndpointSlice[],
): string | null {
  const at = `${target.namespace}/${target.name}`;
  const found = services.find((one) => nameOf(one) === target.name && one.metadata?.namespace === target.namespace);
  if (!found) return `Service ${at} does not exist`;
  if (found.spec?.type === 'ExternalName') return null;
  const ports = list(found.spec?.ports).map(({ port }) => port);
  if (ports.length > 0 && !ports.includes(target.port)) return `Service ${at} has no port ${target.port}`;
  const endpoints = slices
    .filter((slice) => slice.metadata?.namespace === target.namespace)
    .filter((slice) => slice.metadata?.labels?.['kubernetes.io/service-name'] === target.name)
    .flatMap((slice) => list(slice.endpoints));
  const ready = endpoints.some((endpoint) => endpoint.conditions?.ready !== false);
  return ready ? null : `Service ${at} has no ready endpoints`;
}
