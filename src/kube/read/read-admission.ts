import type { Depth, Read, Reads } from '../../model/evidence.ts';
import type { Deployment, PodSpec } from '../../model/kubernetes.ts';
import { addedDefaults } from '../../objects/creation/limit-range.ts';
import { type Operator, podGap, workloadGaps } from '../../objects/operator/operator.ts';
import { UNNEEDED, value } from './merge.ts';
import type { Reader } from './reader.ts';
import { READS } from './reads.ts';

export type AdmissionReads = Pick<Reads, 'serviceAccount' | 'priorityClass' | 'resourceQuotas' | 'limitRanges'>;

/** What stands for those reads while there is no namespace. */
export const NO_ADMISSION: AdmissionReads = {
  serviceAccount: UNNEEDED,
  priorityClass: UNNEEDED,
  resourceQuotas: UNNEEDED,
  limitRanges: UNNEEDED,
};

/** Which limits to read: they matter for pods yet to be made, and a LimitRange for those that it gave limits. */
export type LimitQuestions = Record<'resourceQuotas' | 'limitRanges', boolean>;

/** Decides which limits to read. Where Ready pods do not lead, one is mostly deleted to be made anew, and a quota may refuse that. */
export function limitQuestions(operator: Operator, depth: Depth, isIdle: boolean): LimitQuestions {
  const existing = operator.unready.map(podGap);
  const lacking = workloadGaps(operator).some((gap) => !existing.includes(gap));
  const wanted = depth === 'all' || !operator.desired || lacking;
  return {
    resourceQuotas: wanted || isIdle,
    limitRanges: wanted || operator.unready.some((pod) => addedDefaults(pod) !== ''),
  };
}

/** Reads what the API server compares a new operator pod with. */
export async function readAdmission(
  reader: Reader,
  namespace: string,
  deployment: Read<Deployment>,
  limits: LimitQuestions,
): Promise<AdmissionReads> {
  const template = value(deployment)?.spec?.template?.spec ?? null;
  const [serviceAccount, priorityClass, resourceQuotas, limitRanges] = await Promise.all([
    reader.object('serviceAccount', READS.serviceAccount.ask(namespace, serviceAccountName(template))),
    readPriorityClass(reader, template),
    limits.resourceQuotas ? reader.list('resourceQuotas', READS.resourceQuotas.ask(namespace)) : UNNEEDED,
    limits.limitRanges ? reader.list('limitRanges', READS.limitRanges.ask(namespace)) : UNNEEDED,
  ]);
  return { serviceAccount, priorityClass, resourceQuotas, limitRanges };
}

function serviceAccountName(template: PodSpec | null): string {
  return template ? template.serviceAccountName || 'default' : 'kubevirt-operator';
}

/** The one that the Deployment names; without a Deployment that of KubeVirt's manifest, which shows that KubeVirt was installed. */
export function readPriorityClass(reader: Reader, template: PodSpec | null): Promise<Reads['priorityClass']> {
  const name = template ? template.priorityClassName : 'kubevirt-cluster-critical';
  return name ? reader.object('priorityClass', READS.priorityClass.ask(name)) : Promise.resolve(UNNEEDED);
}
