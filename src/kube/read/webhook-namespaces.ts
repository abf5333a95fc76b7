import type { Read } from '../../model/evidence.ts';
import type { Deployment } from '../../model/kubernetes.ts';
import { heartbeatWebhooks } from '../../objects/control-plane/heartbeat-webhook.ts';
import { podWebhooks } from '../../objects/creation/webhook.ts';
import { value } from './merge.ts';
import type { Reader } from './reader.ts';
import { READS } from './reads.ts';

/** The namespaces of the Services whose webhooks may stop operator pods at present; null where that cannot be read. */
export async function webhookNamespaces(reader: Reader, deployment: Read<Deployment>): Promise<string[] | null> {
  const kinds = ['validatingWebhooks', 'mutatingWebhooks'] as const;
  const reads = await Promise.all(kinds.map((kind) => reader.list('webhooks', READS.webhooks.ask(kind))));
  if (reads.some(({ status }) => status !== 'read')) return null;
  const all = reads.flatMap((read) => value(read) ?? []);
  const called = [...podWebhooks(all, null, value(deployment)?.spec?.template), ...heartbeatWebhooks(all)];
  return [...new Set(called.flatMap(({ webhook }) => webhook.clientConfig?.service?.namespace ?? []))].sort();
}
