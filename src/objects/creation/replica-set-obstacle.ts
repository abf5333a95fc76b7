import type { Confidence, EvidenceItem, ObjectReference } from '../../model/finding.ts';
import type { AdmissionPolicy, ResourceQuota, WebhookConfiguration } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { nameOf, reference } from '../meta/reference.ts';
import { amounts } from '../pod/resources.ts';
import { bindingEvidence, policyDenial, policyState } from './admission-policy.ts';

/** What a ReplicaSet is counted as (Kubernetes 1.36 apiserver pkg/quota/v1/generic/evaluator.go ObjectCountQuotaResourceNameFor). */
const COUNT = 'count/replicasets.apps';

/** What the API server says stands in the way of a ReplicaSet, and whether objects bear that out. */
export interface ReplicaSetObstacle {
  object: ObjectReference;
  /** `certain`: by its own numbers; `gone`: it was looked for, and is not in the way any more. */
  state: Confidence | 'gone';
  /** What its numbers, or its binding, say. */
  evidence: EvidenceItem[];
}

interface ObstacleReads {
  readonly resourceQuotas?: readonly ResourceQuota[] | null | undefined;
  readonly webhooks?: readonly WebhookConfiguration[] | null | undefined;
  readonly admissionPolicies?: readonly AdmissionPolicy[] | null | undefined;
}

const POLICY_STATES = { there: 'certain', gone: 'gone', unknown: 'likely' } as const;

/** The quota, policy or webhook that is named in the words of a refusal; null when they name none. */
export function replicaSetObstacle(message: string, seen: ObstacleReads, namespace: string): ReplicaSetObstacle | null {
  const quota = /exceeded quota: ([^,]+), requested: /.exec(message)?.[1];
  if (quota !== undefined) {
    const object = { kind: 'ResourceQuota', namespace, name: quota };
    return seen.resourceQuotas
      ? { object, ...counted(quota, seen.resourceQuotas) }
      : { object, state: 'likely', evidence: [] };
  }
  const denial = policyDenial(message);
  if (denial) {
    const object = { kind: denial.kind, namespace: null, name: denial.policy };
    const state = POLICY_STATES[policyState(denial, seen.admissionPolicies)];
    return { object, state, evidence: state === 'certain' ? bindingEvidence(denial) : [] };
  }
  const webhook = /webhook "([^"]+)"/.exec(message)?.[1];
  if (webhook === undefined) return null;
  const found = list(seen.webhooks).find((one) => list(one.webhooks).some(({ name }) => name === webhook));
  const object = found
    ? reference(found.kind ?? 'ValidatingWebhookConfiguration', found)
    : { kind: 'Webhook', namespace: null, name: webhook };
  return { object, state: found || !seen.webhooks ? 'likely' : 'gone', evidence: [] };
}

function counted(name: string, quotas: readonly ResourceQuota[]): Omit<ReplicaSetObstacle, 'object'> {
  const quota = quotas.find((one) => nameOf(one) === name);
  const hard = amounts(quota?.status?.hard)[COUNT] ?? Number.POSITIVE_INFINITY;
  const used = amounts(quota?.status?.used)[COUNT] ?? 0;
  const text = `${COUNT}: ${used} used, ${hard} allowed`;
  return used + 1 > hard
    ? { state: 'certain', evidence: [{ text, source: `resourcequota/${name} status` }] }
    : { state: 'gone', evidence: [] };
}
