import type { Read, Reads } from '../model/evidence.ts';
import type { Deployment, PodSpec } from '../model/kubernetes.ts';
import { value } from './merge.ts';
import type { Reader } from './reader.ts';
import { READS } from './reads.ts';

export type AdmissionReads = Pick<Reads, 'serviceAccount' | 'priorityClass' | 'resourceQuotas' | 'limitRanges'>;

const UNNEEDED = { status: 'unneeded' } as const;

/** What stands for those reads while there is no namespace. */
export const NO_ADMISSION: AdmissionReads = {
  serviceAccount: UNNEEDED,
  priorityClass: UNNEEDED,
  resourceQuotas: UNNEEDED,
  limitRanges: UNNEEDED,
};

/** Reads what the API server compares a new operator pod with; limits only while pods are wanted, for they change nothing for those that run. */
export async function readAdmission(
  reader: Reader,
  namespace: string,
  deployment: Read<Deployment>,
  wantsPods: boolean,
): Promise<AdmissionReads> {
  const template = value(deployment)?.spec?.template?.spec ?? null;
  const [serviceAccount, priorityClass, resourceQuotas, limitRanges] = await Promise.all([
    reader.object('serviceAccount', READS.serviceAccount.ask(namespace, serviceAccountName(template))),
    readPriorityClass(reader, template),
    wantsPods ? reader.list('resourceQuotas', READS.resourceQuotas.ask(namespace)) : UNNEEDED,
    wantsPods ? reader.list('limitRanges', READS.limitRanges.ask(namespace)) : UNNEEDED,
  ]);
  return { serviceAccount, priorityClass, resourceQuotas, limitRanges };
}

function serviceAccountName(template: PodSpec | null): string {
  return template ? template.serviceAccountName || 'default' : 'kubevirt-operator';
}

function readPriorityClass(reader: Reader, template: PodSpec | null): Promise<Reads['priorityClass']> {
  const name = template ? template.priorityClassName : 'kubevirt-cluster-critical';
  return name ? reader.object('priorityClass', READS.priorityClass.ask(name)) : Promise.resolve(UNNEEDED);
}
