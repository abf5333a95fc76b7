import type { APIService, KubernetesObject, WebhookConfiguration } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { type Certificate, certificatesOf } from './certificate.ts';

/** An object whose `caBundle` the API server uses to call a part of KubeVirt, and does not do so safely. */
export interface Distrust {
  kind: string;
  object: KubernetesObject;
  text: string;
}

/** KubeVirt's own webhook configurations (KubeVirt v1.7.0 components/webhooks.go); a leader gives each of them the bundle of ConfigMap kubevirt-ca. */
const OWN = ['virt-operator-validator', 'virt-api-validator', 'virt-api-mutator'];

/** Which of these do not trust the authority that signs now. A bundle that cannot be read says nothing. */
export function distrusts(
  configurations: readonly (WebhookConfiguration | null | undefined)[],
  apiService: APIService | null | undefined,
  authority: Certificate,
): Distrust[] {
  const own = [...new Map(list(configurations).map((one) => [one.metadata?.name ?? '', one]))]
    .filter(([name]) => OWN.includes(name))
    .map(([, one]) => one);
  const spec = apiService?.spec;
  const skips = !spec?.service || spec.insecureSkipTLSVerify === true;
  return [
    ...own.flatMap((object) =>
      list(object.webhooks)
        .filter((one) => one.clientConfig?.service)
        .flatMap((one) => complaint(one.clientConfig?.caBundle, authority))
        .slice(0, 1)
        .map((text) => ({ kind: object.kind ?? 'ValidatingWebhookConfiguration', object, text })),
    ),
    ...(apiService && !skips
      ? complaint(spec.caBundle, authority).map((text) => ({ kind: 'APIService', object: apiService, text }))
      : []),
  ];
}

function complaint(bundle: string | null | undefined, authority: Certificate): string[] {
  const held = certificatesOf(bundle);
  if (held.length === 0) return bundle ? [] : [`no caBundle; ConfigMap kubevirt-ca has ${authority.name}`];
  if (held.some((one) => one.fingerprint === authority.fingerprint)) return [];
  return [`the caBundle has ${held.map(({ name }) => name).join(', ')}; ConfigMap kubevirt-ca has ${authority.name}`];
}
