import type { Reads } from '../../model/evidence.ts';
import { UNNEEDED } from './merge.ts';
import type { Reader } from './reader.ts';
import { READS } from './reads.ts';
import type { RightsQuestions } from './rights-questions.ts';

export type RightsReads = Pick<
  Reads,
  'operatorClusterRoleBinding' | 'operatorRoleBinding' | 'operatorClusterRole' | 'operatorRole'
>;

/** What stands for those reads when nothing asks for them. */
export const NO_RIGHTS: RightsReads = {
  operatorClusterRoleBinding: UNNEEDED,
  operatorRoleBinding: UNNEEDED,
  operatorClusterRole: UNNEEDED,
  operatorRole: UNNEEDED,
};

/** Reads what gives the operator its rights. */
export async function readRights(reader: Reader, namespace: string, wanted: RightsQuestions): Promise<RightsReads> {
  const [operatorClusterRoleBinding, operatorRoleBinding, operatorClusterRole, operatorRole] = await Promise.all([
    wanted.bindings ? reader.object('operatorClusterRoleBinding', READS.operatorClusterRoleBinding.ask()) : UNNEEDED,
    wanted.bindings ? reader.object('operatorRoleBinding', READS.operatorRoleBinding.ask(namespace)) : UNNEEDED,
    wanted.clusterRole ? reader.object('operatorClusterRole', READS.operatorClusterRole.ask()) : UNNEEDED,
    wanted.role ? reader.object('operatorRole', READS.operatorRole.ask(namespace)) : UNNEEDED,
  ]);
  return { operatorClusterRoleBinding, operatorRoleBinding, operatorClusterRole, operatorRole };
}
