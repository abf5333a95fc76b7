import type { Deployment } from '../../model/kubernetes.ts';
import type { Line } from '../../model/line.ts';
import { list } from '../../objects/meta/list.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { readValue, whyNothing } from '../read.ts';
import type { View } from '../view.ts';
import { conditionTable } from './conditions.ts';
import { type Field, fields, timeAndAge } from './field.ts';
import { isWanted, type Subject } from './subject.ts';

/** The Deployment, as `kubectl describe deployment` shows it. */
export function deploymentSection({ evidence }: View, subject: Subject | null): Line[] {
  const deployment = readValue(evidence.reads.deployment);
  if (!isWanted(subject, 'Deployment', deployment ? nameOf(deployment) : 'virt-operator')) return [];
  if (!deployment) return fields([['Deployment', whyNothing(evidence.reads.deployment)]]);
  return [
    ...fields([['Deployment', nameOf(deployment)]]),
    ...fields(facts(deployment, evidence.readAt), 1),
    ...conditionTable(deployment.status?.conditions),
  ];
}

function facts(deployment: Deployment, readAt: string): Field[] {
  const { metadata, spec, status } = deployment;
  const containers = list(spec?.template?.spec?.containers);
  return [
    ['Created', timeAndAge(metadata?.creationTimestamp, readAt)],
    ['Replicas', replicas(deployment)],
    [
      'Generation',
      `${metadata?.generation ?? '<unknown>'}, seen by its controller: ${status?.observedGeneration ?? '<none>'}`,
    ],
    ...(spec?.paused ? [['Paused', 'true'] as const] : []),
    ['Strategy', spec?.strategy?.type ?? '<unknown>'],
    ['Account', spec?.template?.spec?.serviceAccountName ?? '<none>'],
    ['Priority', spec?.template?.spec?.priorityClassName ?? '<none>'],
    ...containers.map((one) => ['Image', one.image ?? '<none>'] as const),
  ];
}

function replicas({ spec, status }: Deployment): string {
  const total = status?.replicas ?? 0;
  return [
    `${spec?.replicas ?? 1} desired`,
    `${status?.updatedReplicas ?? 0} updated`,
    `${total} total`,
    `${status?.availableReplicas ?? 0} available`,
    `${status?.unavailableReplicas ?? 0} unavailable`,
  ].join(' | ');
}
