import type { Reads } from '../../model/evidence.ts';
import { UNNEEDED } from './merge.ts';
import type { Reader } from './reader.ts';
import { READS } from './reads.ts';

export type ImpactReads = Pick<Reads, 'components' | 'virtHandler' | 'certificateAuthority' | 'subresourcesApi'>;

/** Reads what an outage of the operator touches: the parts that serve virtual machines, and the authority of their certificates. */
export async function readImpact(reader: Reader, namespace: string): Promise<ImpactReads> {
  const [components, virtHandler, certificateAuthority, subresourcesApi] = await Promise.all([
    reader.list('components', READS.components.ask(namespace)),
    reader.object('virtHandler', READS.virtHandler.ask(namespace)),
    reader.object('certificateAuthority', READS.certificateAuthority.ask(namespace)),
    reader.object('subresourcesApi', READS.subresourcesApi.ask()),
  ]);
  return { components, virtHandler, certificateAuthority, subresourcesApi };
}

/** What stands for those reads while no namespace is known. */
export const NO_IMPACT: ImpactReads = {
  components: UNNEEDED,
  virtHandler: UNNEEDED,
  certificateAuthority: UNNEEDED,
  subresourcesApi: UNNEEDED,
};
