import type { Read, Reads } from '../../model/evidence.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { heartbeatWebhooks, leaseWebhooks } from '../../objects/control-plane/heartbeat-webhook.ts';
import { KUBE_SYSTEM } from '../../objects/control-plane/stopped-leader.ts';
import { calledServices, podWebhooks, type ServiceName } from '../../objects/creation/webhook.ts';
import type { FollowUps } from './follow-up.ts';
import { asList, items, merge, UNNEEDED, value } from './merge.ts';
import { completeEvents } from './read-events.ts';
import type { Reader } from './reader.ts';
import { DISCOVERY, READS } from './reads.ts';

type WebhookReads = Pick<Reads, 'webhooks' | 'webhookServices' | 'webhookEndpoints'>;
export type FollowUpReads = Pick<Reads, 'nodes' | 'events' | 'nodeLeases' | 'nodePods' | 'leaseHolderPod'> &
  WebhookReads;

type Seen = Pick<Reads, 'deployment' | 'namespace' | 'nodes' | 'events'>;

/** Reads what the follow-ups ask for; `nodes` and `events` come back completed. */
export async function readFollowUps(
  reader: Reader,
  namespace: string,
  wanted: FollowUps,
  seen: Seen,
): Promise<FollowUpReads> {
  const [nodes, events, nodeLeases, nodePods, leaseHolderPod, webhooks] = await Promise.all([
    completeNodes(reader, seen.nodes, wanted.strangeNodes),
    completeEvents(reader, namespace, seen.events, wanted.eventsAbout),
    each(wanted.leasesOf, async (node) => asList(await reader.object('nodeLeases', READS.nodeLeases.ask(node)))),
    each(wanted.podsOn, (node) => reader.list('nodePods', READS.nodePods.ask(node))),
    wanted.holder ? reader.object('leaseHolderPod', READS.leaseHolderPod.ask(namespace, wanted.holder)) : UNNEEDED,
    wanted.webhooks ? readWebhooks(reader, seen) : NO_FOLLOW_UPS,
  ]);
  const { webhooks: configurations, webhookServices, webhookEndpoints } = webhooks;
  return {
    nodes,
    events,
    nodeLeases,
    nodePods,
    leaseHolderPod,
    webhooks: configurations,
    webhookServices,
    webhookEndpoints,
  };
}

/** What stands for those reads when nothing asks for them. */
export const NO_FOLLOW_UPS: Omit<FollowUpReads, 'nodes' | 'events'> = {
  nodeLeases: UNNEEDED,
  nodePods: UNNEEDED,
  leaseHolderPod: UNNEEDED,
  webhooks: UNNEEDED,
  webhookServices: UNNEEDED,
  webhookEndpoints: UNNEEDED,
};

/** One list of the parts that were asked for by name. */
async function each<T extends KubernetesObject>(
  names: string[],
  ask: (name: string) => Promise<Read<T[]>>,
): Promise<Read<T[]>> {
  return names.length === 0 ? UNNEEDED : merge(await Promise.all(names.map(ask)));
}

/** A node that is gone adds nothing: the pod that is bound to it tells. */
async function completeNodes(reader: Reader, nodes: Reads['nodes'], names: string[]): Promise<Reads['nodes']> {
  if (nodes.status !== 'read' || names.length === 0) return nodes;
  const more = await each(names, async (name) => asList(await reader.object('nodes', DISCOVERY.node(name))));
  return more.status === 'read' ? merge([nodes, more]) : { ...nodes, partial: true };
}

async function readWebhooks(reader: Reader, seen: Seen): Promise<WebhookReads> {
  const kinds = ['validatingWebhooks', 'mutatingWebhooks'] as const;
  const webhooks = merge(await Promise.all(kinds.map((kind) => reader.list('webhooks', READS.webhooks.ask(kind)))));
  const template = value(seen.deployment)?.spec?.template;
  const [found, namespace] = [items(webhooks), value(seen.namespace)];
  const services = uniqueServices([
    ...calledServices(podWebhooks(found, namespace, template)),
    ...calledServices(heartbeatWebhooks(found)),
    ...calledServices(leaseWebhooks(found, KUBE_SYSTEM)),
    ...calledServices(leaseWebhooks(found, namespace?.metadata?.labels ?? {})),
  ]);
  if (services.length === 0) return { webhooks, webhookServices: UNNEEDED, webhookEndpoints: UNNEEDED };
  const [webhookServices, webhookEndpoints] = await Promise.all([
    Promise.all(
      services.map(({ namespace, name }) =>
        reader.object('webhookServices', READS.webhookServices.ask(namespace, name)),
      ),
    ),
    Promise.all(
      services.map(({ namespace, name }) =>
        reader.list('webhookEndpoints', READS.webhookEndpoints.ask(namespace, name)),
      ),
    ),
  ]);
  return { webhooks, webhookServices: merge(webhookServices.map(asList)), webhookEndpoints: merge(webhookEndpoints) };
}

function uniqueServices(services: readonly ServiceName[]): ServiceName[] {
  return [...new Map(services.map((one) => [`${one.namespace}/${one.name}`, one])).values()];
}
