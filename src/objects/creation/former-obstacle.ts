import type { EvidenceValues, ReadKey } from '../../model/evidence.ts';
import { nameOf } from '../meta/reference.ts';
import { policyDenial, policyState } from './admission-policy.ts';
import type { BlockedCreation } from './blocked-creation.ts';
import { brokenRights } from './controller-rights.ts';
import { limitRangeViolations } from './limit-range.ts';
import { admittedByNow } from './limit-refusal.ts';
import { meetsLevel } from './pod-security.ts';
import { countedByNow, coveredByNow, roomByNow, sufficesByNow } from './quota-refusal.ts';
import { answersByNow, askedWebhooks } from './webhook.ts';

/** What tells whether something that refused pods still does. */
export const OBSTACLE_READS = [
  'serviceAccount',
  'priorityClass',
  'runtimeClass',
  'resourceQuotas',
  'limitRanges',
  'namespace',
  'webhooks',
  'webhookServices',
  'webhookEndpoints',
  'admissionPolicies',
  'controllerRights',
] as const satisfies readonly ReadKey[];
type Reads = { readonly [Key in (typeof OBSTACLE_READS)[number]]?: EvidenceValues[Key] | null | undefined };

/** The words of a refusal, and what objects say by now when they no longer bear it out; null while they do, or were not read. */
interface Obstacle {
  words: RegExp;
  gone(seen: Reads, name: string, blocked: BlockedCreation): string | null;
}

const OBSTACLES: Obstacle[] = [
  {
    words: /serviceaccount "([^"]*)" not found/,
    gone: ({ serviceAccount }, name) => exists('ServiceAccount', serviceAccount, name),
  },
  {
    words: /(?:no|failed to resolve) PriorityClass with name ([^\s:]+)(?: was found|: .*not found)/,
    gone: ({ priorityClass }, name) => exists('PriorityClass', priorityClass, name),
  },
  {
    words: /RuntimeClass "([^"]*)" not found/,
    gone: ({ runtimeClass }, name) => exists('RuntimeClass', runtimeClass, name),
  },
  {
    words: /exceeded quota: ([^,:]+)/,
    gone: (seen, _, { failure, template }) => roomByNow(failure?.message ?? '', seen, template.spec),
  },
  {
    words: /failed quota: ([^,:]+)/,
    gone: (seen, name, { failure, template }) => sufficesByNow(name, failure?.message ?? '', seen, template.spec),
  },
  { words: /status unknown for quota: ([^,:]+)/, gone: (seen, name) => countedByNow(name, seen) },
  {
    words: /insufficient quota to (?:consume|match these scopes): /,
    gone: (seen, _, { template }) => coveredByNow(seen, template.spec),
  },
  {
    words: /(?:minimum|maximum) [\w./-]+ usage per (?:Container|Pod) is|max limit to request ratio per/,
    gone: ({ limitRanges }, _, { failure, template }) =>
      admittedByNow(failure?.message ?? '', limitRanges, template.spec),
  },
  {
    // The template itself was accepted: a limit below its request came from a LimitRange or from what changes pods.
    words: /must be less than or equal to [\w./-]+ limit/,
    gone: ({ limitRanges, webhooks, namespace }, _, { template }) =>
      limitRanges &&
      webhooks &&
      limitRangeViolations(template.spec, limitRanges).length === 0 &&
      askedWebhooks(webhooks, namespace, template).every(
        ({ configuration }) => configuration.kind !== 'MutatingWebhookConfiguration',
      )
        ? 'no LimitRange or webhook lowers a limit any more'
        : null,
  },
  {
    words: /\bviolates PodSecurity "([^:"]+)/,
    gone({ namespace }, refused, { template }) {
      const level = namespace?.metadata?.labels?.['pod-security.kubernetes.io/enforce'] ?? '';
      // Where the level is the same, it was something that the pods were given on their way in.
      const isMet = level === 'privileged' || (level !== refused && meetsLevel(template, level));
      return isMet ? `namespace ${nameOf(namespace)} enforces the ${level} level, which the pods satisfy` : null;
    },
  },
  {
    words: /failed calling webhook "([^"]+)"/,
    gone: (seen, name, { failure, template }) => answersByNow(name, failure?.message ?? '', seen, template),
  },
  {
    words: /admission webhook "([^"]+)"/,
    gone: ({ webhooks, namespace }, name, { template }) =>
      webhooks && askedWebhooks(webhooks, namespace, template).every(({ webhook }) => webhook.name !== name)
        ? `webhook ${name} is no longer asked about these pods`
        : null,
  },
  {
    words: /denied request: /,
    gone({ admissionPolicies, namespace }, _, { failure, template }) {
      const denial = policyDenial(failure?.message ?? '');
      const gone = denial && policyState(denial, admissionPolicies, { namespace, template }) === 'gone';
      return gone ? `${denial.kind} ${denial.policy} no longer refuses these pods` : null;
    },
  },
  {
    words: /is forbidden: User "[^"]+" cannot create resource "pods"|cannot set blockOwnerDeletion/,
    gone: ({ controllerRights }) =>
      controllerRights && brokenRights(['replicaset-controller'], controllerRights).length === 0
        ? 'the ReplicaSet controller has its rights'
        : null,
  },
];

/** Something that changes pods on their way in may have them ask for another one than their template. */
function exists(kind: string, object: EvidenceValues['serviceAccount'] | null | undefined, named: string) {
  return object && nameOf(object) === named ? `${kind} ${named} exists` : null;
}

/** What the objects say by now about the newest refusal, when it no longer holds; null while it does, or when that is not known. */
export function formerObstacle(blocked: BlockedCreation, seen: Reads): string | null {
  const message = blocked.failure?.message ?? '';
  const obstacle = OBSTACLES.find(({ words }) => words.test(message));
  return obstacle?.gone(seen, obstacle.words.exec(message)?.[1] ?? '', blocked) ?? null;
}
