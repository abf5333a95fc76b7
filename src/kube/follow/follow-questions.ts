import { list, type Question } from '../read/question.ts';
import { DISCOVERY, READS } from '../read/reads.ts';
import { RESOURCES } from '../read/resources.ts';

/** The objects that tell whether virt-operator comes back. */
export type FollowedKey = 'deployment' | 'replicaSets' | 'pods' | 'operatorLease';

export interface FollowQuestion {
  /** A list that may also be watched. */
  list: Question;
  /** What asks for the same object where listing is not allowed; null where there is nothing else. */
  get: Question | null;
}

/** How to follow each of them in the operator's namespace. Finished pods stay listed, and do not count. */
export function followQuestions(namespace: string, deployment: string): Readonly<Record<FollowedKey, FollowQuestion>> {
  return {
    deployment: {
      list: named(RESOURCES.deployments, namespace, deployment),
      get: READS.deployment.ask(namespace, deployment),
    },
    replicaSets: { list: READS.replicaSets.ask(namespace), get: null },
    pods: { list: DISCOVERY.unfinishedPods(namespace), get: null },
    operatorLease: {
      list: named(RESOURCES.leases, namespace, 'virt-operator'),
      get: READS.operatorLease.ask(namespace),
    },
  };
}

function named(of: (typeof RESOURCES)['deployments' | 'leases'], namespace: string, name: string): Question {
  return list(of, { namespace, limit: 1, fieldSelector: `metadata.name=${name}` });
}
