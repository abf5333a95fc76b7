import type { EvidenceItem } from '../../model/finding.ts';
import type { CustomResourceDefinition } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';

/** The version in which virt-operator, and this program, ask for KubeVirt resources (KubeVirt v1.0 and later). */
const ASKED = 'v1';

export interface DefinitionFault {
  title: string;
  evidence: EvidenceItem[];
  /** Whether the definition alone says so; otherwise it is what it says of the conversion. */
  isSure: boolean;
}

/**
 * Why the API server does not serve the resource of a definition that exists: it is not established, lacks the version that is asked for, or
 * objects that are stored in another version go through a conversion webhook (Kubernetes 1.36 apiextensions-apiserver
 * pkg/apiserver/customresource_handler.go, pkg/apiserver/conversion/webhook_converter.go). null where the definition says nothing of that.
 */
export function definitionFault(definition: CustomResourceDefinition): DefinitionFault | null {
  const { spec, status } = definition;
  const source = (field: string) => `customresourcedefinition/${nameOf(definition)} ${field}`;
  const refused = ['Established', 'NamesAccepted'].flatMap((type) => {
    const one = condition(status?.conditions, type);
    return one?.status === 'False' ? [{ text: words(one), source: source(`status.conditions[${type}]`) }] : [];
  });
  if (refused.length > 0) return { title: 'is not established', evidence: refused, isSure: true };
  const versions = list(spec?.versions);
  if (versions.length > 0 && !versions.some(({ name, served }) => name === ASKED && served === true)) {
    const served = versions.flatMap((one) => (one.served ? [one.name ?? ''] : [])).join(', ') || 'no version';
    const evidence = [{ text: `serves ${served}, not ${ASKED}`, source: source('spec.versions') }];
    return { title: `does not serve version ${ASKED}`, evidence, isSure: true };
  }
  const others = list(status?.storedVersions).filter((one) => one !== ASKED);
  if (spec?.conversion?.strategy !== 'Webhook' || others.length === 0) return null;
  const { service, url } = spec.conversion.webhook?.clientConfig ?? {};
  const who = service ? `Service ${service.namespace ?? ''}/${service.name ?? ''}` : (url ?? 'nobody');
  return {
    title: `has its objects converted by a webhook, ${who}`,
    evidence: [
      { text: `strategy Webhook, by ${who}`, source: source('spec.conversion') },
      { text: `objects may be stored as ${others.join(', ')}`, source: source('status.storedVersions') },
    ],
    isSure: false,
  };
}

/** Whether a definition shows that its resource is served, for those who may not read the resource: it is established, and nobody has to convert it. */
export function isServed(definition: CustomResourceDefinition): boolean {
  const { spec, status } = definition;
  const isMade = condition(status?.conditions, 'Established')?.status === 'True';
  return isMade && list(spec?.versions).length > 0 && definitionFault(definition) === null;
}

function words({ status, reason, message }: { status?: string; reason?: string; message?: string }): string {
  return [status, reason, message].filter(Boolean).join(': ');
}
