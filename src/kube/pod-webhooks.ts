import type { WebhookConfiguration } from '../model/kubernetes.ts';
import { list } from '../objects/list.ts';

type Webhook = NonNullable<NonNullable<WebhookConfiguration['webhooks']>[number]>;

/**
 * Whether a webhook's rules match the creation of pods, and its failure refuses them. Selectors are not looked at
 * (Kubernetes 1.36 apiserver pkg/admission/plugin/webhook/predicates/rules/rules.go; `Fail` is the default of admissionregistration v1).
 */
export function blocksPodCreation(webhook: Webhook): boolean {
  if ((webhook.failurePolicy ?? 'Fail') !== 'Fail') return false;
  return list(webhook.rules).some(
    ({ operations, apiGroups, resources }) =>
      list(operations).some((one) => one === 'CREATE' || one === '*') &&
      list(apiGroups).some((one) => one === '' || one === '*') &&
      list(resources).some((one) => /^(pods|\*)(\/\*)?$/.test(one)),
  );
}
