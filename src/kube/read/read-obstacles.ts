import type { Reads } from '../../model/evidence.ts';
import type { PolicyDenial } from '../../objects/creation/admission-policy.ts';
import { controllerRole } from '../../objects/creation/controller-rights.ts';
import { asList, merge, UNNEEDED } from './merge.ts';
import type { ObstacleQuestions } from './obstacle-questions.ts';
import type { Reader } from './reader.ts';
import { READS } from './reads.ts';

export type ObstacleReads = Pick<
  Reads,
  'admissionPolicies' | 'runtimeClass' | 'controllerRights' | 'autoscalers' | 'scaledObjects' | 'clusterServiceVersion'
>;

/** What stands for those reads when nothing asks for them. */
export const NO_OBSTACLES: ObstacleReads = {
  admissionPolicies: UNNEEDED,
  runtimeClass: UNNEEDED,
  controllerRights: UNNEEDED,
  autoscalers: UNNEEDED,
  scaledObjects: UNNEEDED,
  clusterServiceVersion: UNNEEDED,
};

/** Reads what may refuse new pods, keep them from being asked for, or undo a repair. */
export async function readObstacles(
  reader: Reader,
  namespace: string,
  wanted: ObstacleQuestions,
): Promise<ObstacleReads> {
  const { denial, runtimeClass, controllers, clusterServiceVersion: version } = wanted;
  const [admissionPolicies, runtime, controllerRights, scaledBy, clusterServiceVersion] = await Promise.all([
    readPolicy(reader, denial),
    runtimeClass === null ? UNNEEDED : reader.object('runtimeClass', READS.runtimeClass.ask(runtimeClass)),
    readRights(reader, controllers),
    wanted.autoscalers ? readAutoscalers(reader, namespace) : NO_AUTOSCALERS,
    version === null
      ? UNNEEDED
      : reader.object('clusterServiceVersion', READS.clusterServiceVersion.ask(namespace, version)),
  ]);
  return { admissionPolicies, runtimeClass: runtime, controllerRights, ...scaledBy, clusterServiceVersion };
}

/** Mutating policies are served at different versions by different API servers: their words must do. */
async function readPolicy(reader: Reader, denial: PolicyDenial | null): Promise<Reads['admissionPolicies']> {
  if (denial?.kind !== 'ValidatingAdmissionPolicy') return UNNEEDED;
  const { policy, binding } = denial;
  const questions = [
    READS.admissionPolicies.ask('validatingAdmissionPolicies', policy),
    ...(binding === null ? [] : [READS.admissionPolicies.ask('validatingAdmissionPolicyBindings', binding)]),
  ];
  return merge(await Promise.all(questions.map(async (one) => asList(await reader.object('admissionPolicies', one)))));
}

async function readRights(reader: Reader, controllers: readonly string[]): Promise<Reads['controllerRights']> {
  if (controllers.length === 0) return UNNEEDED;
  const kinds = ['clusterRoles', 'clusterRoleBindings'] as const;
  const questions = controllers.flatMap((name) =>
    kinds.map((kind) => READS.controllerRights.ask(kind, controllerRole(name))),
  );
  return merge(await Promise.all(questions.map(async (one) => asList(await reader.object('controllerRights', one)))));
}

const NO_AUTOSCALERS = { autoscalers: UNNEEDED, scaledObjects: UNNEEDED };

/** Where KEDA is not installed its resource is absent; who may not read it may still read what KEDA made of it. */
async function readAutoscalers(
  reader: Reader,
  namespace: string,
): Promise<Pick<ObstacleReads, 'autoscalers' | 'scaledObjects'>> {
  const [autoscalers, scaledObjects] = await Promise.all([
    reader.list('autoscalers', READS.autoscalers.ask(namespace)),
    reader.list('scaledObjects', READS.scaledObjects.ask(namespace)),
  ]);
  return { autoscalers, scaledObjects };
}
