import type { PatchOperation } from '../../model/change.ts';
import type { WebhookConfiguration } from '../../model/kubernetes.ts';
import { heartbeatWebhooks } from '../../objects/control-plane/heartbeat-webhook.ts';
import { podWebhooks, type Webhook, withFaults } from '../../objects/creation/webhook.ts';
import { list } from '../../objects/meta/list.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { shell } from '../../objects/meta/shell.ts';
import { type Context, known } from '../context.ts';
import type { ActionKind } from '../kind.ts';
import { nudgeAfterwards } from '../nudge.ts';
import { pointer } from '../pointer.ts';
import { jsonPatch } from '../requests.ts';
import { isChangedKind, rightTo, targetOf } from '../target.ts';

/** Lets the API server go on without a webhook that does not answer. */
export const ignoreWebhook: ActionKind = {
  summary: 'Let the API server go on without a webhook that does not answer (failurePolicy Ignore)',
  risk: 'high',
  rights: ['patch validatingwebhookconfigurations.admissionregistration.k8s.io', 'patch replicasets.apps'],
  reversible: true,
  lastResort: true,
  alsoFor: ['webhook-unreachable', 'webhook-blocks-control-plane'],
  plan(context) {
    const configuration = configurationOf(context);
    if (!configuration?.kind || !isChangedKind(configuration.kind)) return 'the webhook configuration was not read';
    const silent = silentIn(configuration, context);
    if (silent.length === 0) return `every webhook of ${nameOf(configuration)} seems to be answered`;
    if (isKubeVirts(configuration, context)) return "it is KubeVirt's own webhook, which guards the virtual machines";
    const target = targetOf(configuration.kind, configuration);
    const names = silent.map(({ webhook }) => webhook.name).join(', ');
    const patch = silent.map(({ index }) => ({ op: 'replace', path: policyAt(index), value: 'Ignore' }));
    return [
      {
        name: 'ignore-webhook',
        title: `Let the API server go on without webhook ${names}`,
        target,
        before: configuration,
        request: jsonPatch(target, configuration, silent.flatMap(ignoring)),
        precondition: 'nobody changed it since it was read',
        risk: 'high',
        cautions: [
          'Until it is taken back, whatever this webhook should check or change goes unchecked while it does not answer.',
          'Mend its Service first, if you can: then nothing needs to be switched off.',
        ],
        rights: [rightTo('patch', target)],
        undo: { possible: true },
        command: shell`kubectl patch ${configuration.kind.toLowerCase()} ${target.name} --type=json -p ${JSON.stringify(patch)}`,
      },
      ...nudgeAfterwards(context),
    ];
  },
};

interface Silent {
  webhook: Webhook;
  index: number;
}

function configurationOf({ evidence, finding: { object } }: Context): WebhookConfiguration | undefined {
  return list(known(evidence, 'webhooks')).find((one) => nameOf(one) === object.name && one.kind === object.kind);
}

/** Its webhooks whose Service is at fault, or that the API server names as failing. */
function silentIn(configuration: WebhookConfiguration, { evidence, operator, finding }: Context): Silent[] {
  const reads = {
    webhookServices: known(evidence, 'webhookServices'),
    webhookEndpoints: known(evidence, 'webhookEndpoints'),
  };
  const namespace = known(evidence, 'namespace');
  const all = list(known(evidence, 'webhooks'));
  const called = [...podWebhooks(all, namespace, operator.deployment?.spec?.template), ...heartbeatWebhooks(all)];
  const faulty = withFaults(called, reads).filter(({ fault, webhook }) => fault !== null || isNamed(webhook, finding));
  const webhooks = list<Webhook>(configuration.webhooks);
  return webhooks
    .map((webhook, index) => ({ webhook, index }))
    .filter(({ webhook }) => faulty.some((one) => one.webhook === webhook));
}

function isNamed({ name }: Webhook, { evidence }: Context['finding']): boolean {
  return evidence.some(({ text }) => text.includes(`failed calling webhook "${name}"`));
}

/** By its name or by whom it calls: what guards KubeVirt's own objects is never switched off. */
function isKubeVirts(configuration: WebhookConfiguration, { namespace }: Context): boolean {
  return list<Webhook>(configuration.webhooks).some(
    ({ name, clientConfig }) => /kubevirt\.io$/.test(name ?? '') || clientConfig?.service?.namespace === namespace,
  );
}

function policyAt(index: number): string {
  return pointer(['webhooks', index, 'failurePolicy']);
}

function ignoring({ webhook, index }: Silent): PatchOperation[] {
  return [
    { op: 'test', path: pointer(['webhooks', index, 'name']), value: webhook.name },
    { op: 'test', path: policyAt(index), value: webhook.failurePolicy },
    { op: 'replace', path: policyAt(index), value: 'Ignore' },
  ];
}
